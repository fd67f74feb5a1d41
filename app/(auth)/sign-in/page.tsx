import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { services } from "@/lib/auth/services";
import { getViewer } from "@/lib/auth/session";
import { safeNext } from "@/lib/auth/sign-in-error";
import { readOrganisation } from "@/lib/people/organisation";
import { isSetUp } from "@/lib/people/is-set-up";
import { Heading } from "../_components/heading";
import { nextOf } from "./next-of";
import { DemoLogins } from "./_components/demo-logins";
import { SignInForm } from "./_components/sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [viewer, params] = await Promise.all([getViewer(), searchParams]);
  const next = safeNext(nextOf(params));
  if (viewer) redirect(next);
  const { db } = services();
  const [ready, organisation] = await Promise.all([isSetUp(db), readOrganisation(db)]);
  if (!ready) redirect("/welcome");
  return (
    <>
      <Heading title="Sign in">{`to ${organisation.name}`}</Heading>
      {organisation.demo && <DemoLogins next={next} />}
      <SignInForm next={next} takesFocus={!organisation.demo} />
    </>
  );
}
