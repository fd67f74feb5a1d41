import { CirclePause } from "lucide-react";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";

import { TestResult } from "@/app/(console)/_components/test-result";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Banner } from "@/components/ui/banner";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value";
import { Time } from "@/components/ui/time";
import { requireViewer } from "@/lib/auth/session";
import { KIND_WORDS } from "@/lib/notify/kinds";
import { webhookTest } from "@/lib/notify/deliver/test-queries";
import { listDeliveries } from "@/lib/notify/webhooks/queries";
import { WebhookState } from "../_components/webhook-state";
import { DeliveriesTable } from "./_components/deliveries-table";
import { WebhookActions } from "./_components/webhook-actions";
import { deliveriesParams } from "./search-params";
import { webhookOf } from "./webhook-of";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function WebhookPage({ params, searchParams }: Props) {
  const [viewer, { id }, query] = await Promise.all([
    requireViewer("organisation.write"),
    params,
    deliveriesParams.load(searchParams),
  ]);
  const [webhook, test, log] = await Promise.all([
    webhookOf(id),
    webhookTest(viewer, id),
    listDeliveries(viewer, id, {
      states: query.state,
      page: query.page,
      pageSize: query.size,
      newest: query.sort.desc,
    }),
  ]);
  if (webhook === null) notFound();
  const { name, kind, shownUrl, node, events, paused, pausedReason, failures, createdAt, createdBy } = webhook;
  return (
    <>
      <Crumbs items={[{ label: "Webhooks", href: "/settings/webhooks" }, { label: name }]} />
      <Live topics={["webhooks"]} />
      {paused && (
        <Banner tone="escalate" icon={<CirclePause aria-hidden />} title="Paused">
          {pausedReason ?? "An admin paused it."} What it is to hear waits until it is resumed.
        </Banner>
      )}
      <Card>
        <CardHeader
          title={name}
          actions={<WebhookActions id={id} kind={kind} name={name} events={events} paused={paused} />}
        />
        <CardBody className="flex flex-col gap-4">
          <TestResult test={test} />
          <KeyValueList
            items={[
              { label: "State", value: <WebhookState paused={paused} failures={failures} /> },
              { label: "Kind", value: kind === "chat" ? "Chat channel" : "Signed webhook" },
              { label: "Address", value: <span className="font-mono text-xs wrap-anywhere">{shownUrl}</span> },
              { label: "Hears of", value: node },
              {
                label: "Events",
                value: events.length === 0 ? "All" : events.map((event) => KIND_WORDS[event].label).join(", "),
              },
              ...(webhook.previousUntil === null
                ? []
                : [
                    {
                      label: "Secrets",
                      value: (
                        <>
                          Two sign until <Time value={webhook.previousUntil} format="minute" />
                        </>
                      ),
                    },
                  ]),
              {
                label: "Added",
                value: (
                  <>
                    <Time value={createdAt} format="minute" />
                    {createdBy !== null && ` by ${createdBy}`}
                  </>
                ),
              },
            ]}
          />
        </CardBody>
      </Card>
      <DeliveriesTable rows={log.rows} total={log.total} />
    </>
  );
}
