import { Webhook } from "lucide-react";
import type { Metadata } from "next";

import { Live } from "@/components/live/live";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { requireViewer } from "@/lib/auth/session";
import { listWebhooks, readDetails, webhookNodes } from "@/lib/notify/webhooks/queries";
import { AddWebhook } from "../_components/add-webhook";
import { DetailsSwitch } from "../_components/details-switch";
import { WebhookList } from "../_components/webhook-list";

export const metadata: Metadata = { title: "Webhooks" };

export default async function WebhooksPage() {
  const viewer = await requireViewer("organisation.write");
  const [webhooks, details, nodes] = await Promise.all([
    listWebhooks(viewer),
    readDetails(viewer),
    webhookNodes(viewer),
  ]);
  return (
    <>
      <Live topics={["webhooks", "configuration"]} />
      <Card>
        <CardHeader
          title="Webhooks"
          description="Programs and channels that are told what people are told. Each hears of one part of the chart."
          actions={<AddWebhook nodes={nodes} />}
        />
        {webhooks.length === 0 ? (
          <CardBody>
            <EmptyState
              level={3}
              icon={Webhook}
              title="No webhooks yet"
              description="A signed webhook hands events to a program of yours; a chat webhook writes them into a channel."
            />
          </CardBody>
        ) : (
          <WebhookList webhooks={webhooks} />
        )}
      </Card>
      <Card>
        <CardHeader title="What messages say" />
        <CardBody>
          <DetailsSwitch details={details} />
        </CardBody>
      </Card>
    </>
  );
}
