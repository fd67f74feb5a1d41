"use client";
import { useRouter } from "next/navigation";
import { PasswordField } from "@/components/domain/password-field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { signInWith } from "../../../_components/sign-in-with";
import { setPassword } from "../actions";

export function SetPasswordForm({ token, email, about }: { token: string; email: string; about: readonly string[] }) {
  const router = useRouter();
  return (
    <Form
      aria-label="Set your password"
      action={async (fields) => {
        const done = await setPassword({ token, password: fields.text("password") });
        return done.ok ? await signInWith(email, fields.text("password")) : done;
      }}
      onSuccess={() => router.replace("/")}
    >
      {/* Password managers store the name beside the password. */}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField name="password" label="Password" purpose="new" about={about} inputClassName="h-10" />
      <SubmitButton size="lg" className="mt-1 w-full">
        Set the password and sign in
      </SubmitButton>
    </Form>
  );
}
