"use client";
import { useState } from "react";
import { PasswordField } from "@/components/domain/password-field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { toast } from "@/components/ui/toast";
import { savePassword } from "../actions";

export function PasswordForm({ email, name }: { email: string; name: string }) {
  // A new round gives empty fields, and a meter that starts anew.
  const [round, setRound] = useState(0);
  return (
    <Form
      key={round}
      aria-label="Password"
      action={(fields) => savePassword({ current: fields.text("current"), next: fields.text("next") })}
      onSuccess={() => {
        toast.success("Password changed", "You are signed out everywhere else.");
        setRound(round + 1);
      }}
    >
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField name="current" label="Current password" purpose="current" />
      <PasswordField name="next" label="New password" purpose="new" about={[email, name]} />
      <SubmitButton className="self-start">Change the password</SubmitButton>
    </Form>
  );
}
