import type { Metadata } from "next";

import { Live } from "@/components/live/live";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { requireViewer } from "@/lib/auth/session";
import { readChoices } from "@/lib/notify/queries";
import { ChatCard } from "./_components/chat-card";
import { EmailCard } from "./_components/email-card";
import { ChoicesForm } from "./_components/choices-form";

export const metadata: Metadata = { title: "Your notifications" };

export default async function ChoicesPage() {
  const viewer = await requireViewer();
  const view = await readChoices(viewer);
  return (
    <>
      <Live topics={[`inbox:${viewer.person.id}`]} />
      <ChoicesForm view={view} />
      <Card>
        <CardHeader title="E-mail" description="The address that you sign in with." />
        <CardBody>
          <EmailCard email={view.email} mail={view.mail} test={view.emailTest} />
        </CardBody>
      </Card>
      <Card>
        <CardHeader
          title="Chat"
          description="A Slack-compatible incoming webhook of your own: Slack, Mattermost, Rocket.Chat, and others that take the same."
        />
        <CardBody>
          <ChatCard chats={view.chats} />
        </CardBody>
      </Card>
    </>
  );
}
