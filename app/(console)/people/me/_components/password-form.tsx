"use client";
import { signIn } from "next-auth/react";
import { PasswordField } from "@/components/domain/password-field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { toast } from "@/components/ui/toast";
import { savePassword } from "../actions";

export function PasswordForm({ email, name }: { email: string; name: string }) {
  return (
    <Form
      resetOnSuccess
      aria-label="Password"
      action={async (fields) => {
        const next = fields.text("next");
        const done = await savePassword({ current: fields.text("current"), next });
        // The change ended this session too; the same person goes on with a new one.
        if (done.ok) await signIn("credentials", { email, password: next, redirect: false });
        return done;
      }}
      onSuccess={() => toast.success("Password changed", "You are signed out everywhere else.")}
    >
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField name="current" label="Current password" purpose="current" />
      <PasswordField name="next" label="New password" purpose="new" about={[email, name]} />
      <SubmitButton className="self-start">Change the password</SubmitButton>
    </Form>
  );
}
