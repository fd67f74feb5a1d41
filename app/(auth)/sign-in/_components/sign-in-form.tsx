"use client";
import { useRouter } from "next/navigation";
import { PasswordField } from "@/components/domain/password-field";
import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { signInWith } from "../../_components/sign-in-with";

export function SignInForm({ next, takesFocus }: { next: string; takesFocus: boolean }) {
  const router = useRouter();
  return (
    <Form
      aria-label="Sign in"
      action={(fields) => signInWith(fields.text("email"), fields.text("password"))}
      onSuccess={() => {
        router.replace(next);
        router.refresh();
      }}
    >
      <TextField
        required
        name="email"
        label="E-mail"
        type="email"
        autoComplete="username"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- signing in is all that this page is for
        autoFocus={takesFocus}
        inputMode="email"
        className="[&_input]:h-10"
      />
      <PasswordField name="password" label="Password" purpose="current" inputClassName="h-10" />
      <SubmitButton size="lg" className="mt-1 w-full">
        Sign in
      </SubmitButton>
      <p className="text-xs text-muted">
        Forgotten your password? An admin of your organisation can give you a new link.
      </p>
    </Form>
  );
}
