import type { Metadata } from "next";
import { connection } from "next/server";
import { redirect } from "next/navigation";

import { services } from "@/lib/auth/services";
import { isEmpty, isSetUp } from "@/lib/people/is-set-up";
import { Heading } from "../_components/heading";
import { DemoOffer } from "./_components/demo-offer";
import { SetUpForm } from "./_components/set-up-form";

export const metadata: Metadata = { title: "Welcome" };

export default async function WelcomePage() {
  await connection();
  const { db } = services();
  const [ready, empty] = await Promise.all([isSetUp(db), isEmpty(db)]);
  if (ready) redirect("/sign-in");
  return (
    <>
      <Heading title="Welcome to Remit">
        Set up your organisation. You become its first admin and invite the others later.
      </Heading>
      <SetUpForm />
      {empty && <DemoOffer />}
    </>
  );
}
