"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { PasswordField } from "@/components/domain/password-field";
import { TextField } from "@/components/form/fields";
import type { FormFields } from "@/components/form/fields-of";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { signInWith } from "../../_components/sign-in-with";
import { setUpOrganisation } from "../actions";

const TALL = "[&_input]:h-10";

async function setUpAndSignIn(fields: FormFields) {
  const email = fields.text("email");
  const password = fields.text("password");
  const done = await setUpOrganisation({
    organisation: fields.text("organisation"),
    name: fields.text("name"),
    email,
    password,
  });
  return done.ok ? await signInWith(email, password) : done;
}

export function SetUpForm() {
  const router = useRouter();
  const [about, setAbout] = useState<Readonly<Record<string, string>>>({});
  const learn = (name: string) => (event: { target: { value: string } }) =>
    setAbout({ ...about, [name]: event.target.value });
  return (
    <Form aria-label="Set up your organisation" action={setUpAndSignIn} onSuccess={() => router.replace("/")}>
      <TextField
        required
        name="organisation"
        label="Organisation"
        autoComplete="organization"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form is all that this page is for
        autoFocus
        maxLength={120}
        className={TALL}
        onChange={learn("organisation")}
      />
      <TextField
        required
        name="name"
        label="Your name"
        autoComplete="name"
        maxLength={120}
        className={TALL}
        onChange={learn("name")}
      />
      <TextField
        required
        name="email"
        label="E-mail"
        type="email"
        autoComplete="username"
        inputMode="email"
        className={TALL}
        onChange={learn("email")}
      />
      <PasswordField
        name="password"
        label="Password"
        purpose="new"
        about={Object.values(about)}
        inputClassName="h-10"
      />
      <SubmitButton size="lg" className="mt-1 w-full">
        Create the organisation
      </SubmitButton>
    </Form>
  );
}
