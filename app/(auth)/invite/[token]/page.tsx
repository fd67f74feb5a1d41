import type { Metadata } from "next";
import Link from "next/link";
import { connection } from "next/server";

import { Button } from "@/components/ui/button";
import { services } from "@/lib/auth/services";
import { readInvite } from "@/lib/people/invite";
import { readOrganisation } from "@/lib/people/organisation";
import { Heading } from "../../_components/heading";
import { SetPasswordForm } from "./_components/set-password-form";

export const metadata: Metadata = { title: "Set your password", referrer: "no-referrer", robots: { index: false } };

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  await connection();
  const { token } = await params;
  const [invite, organisation] = await Promise.all([readInvite(services(), token), readOrganisation(services().db)]);
  if (!invite) {
    return (
      <>
        <Heading title="This link is no longer valid">
          It has been used, replaced by a newer one, or is over. Ask an admin of your organisation for a new one.
        </Heading>
        <Button asChild size="lg">
          <Link href="/sign-in">Go to sign-in</Link>
        </Button>
      </>
    );
  }
  const { name, email, hasPassword } = invite.person;
  return (
    <>
      <Heading title={hasPassword ? "Set a new password" : `Welcome, ${name}`}>
        {hasPassword
          ? `for ${email}. You are signed out everywhere else.`
          : `You are invited to ${organisation.name}. Choose a password to begin.`}
      </Heading>
      <SetPasswordForm token={token} email={email} about={[name, email]} />
    </>
  );
}
