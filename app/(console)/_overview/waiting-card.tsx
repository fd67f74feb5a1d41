import { Inbox } from "lucide-react";
import Link from "next/link";

import { AgentChip } from "@/components/domain/agent-chip";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatPlural } from "@/components/ui/format/number";
import { Time } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import { actionTitle } from "@/lib/decisions/words";
import type { waitingApprovals } from "@/lib/overview/queries";

const RISK_TONES: Record<"low" | "medium" | "high", Tone> = { low: "neutral", medium: "escalate", high: "deny" };

/** What waits for a person: those that the viewer may decide first, then by risk and deadline. */
export function WaitingCard({ waiting }: { waiting: Awaited<ReturnType<typeof waitingApprovals>> }) {
  const { rows, total, mine } = waiting;
  return (
    <Card>
      <CardHeader
        title="Waiting for a person"
        description={total === 0 ? undefined : `${formatPlural(total, "approval")}, ${mine} for you to decide`}
        actions={
          total > rows.length && (
            <Button asChild size="sm">
              <Link href="/inbox?view=all">All {total}</Link>
            </Button>
          )
        }
      />
      {rows.length === 0 ? (
        <EmptyState
          icon={Inbox}
          title="Nothing waits"
          description="When an agent needs a person's yes, it shows here and in the inbox."
        />
      ) : (
        <ul className="divide-y divide-line">
          {rows.map((approval) => (
            <li
              key={approval.id}
              className="relative flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm hover:bg-surface-2"
            >
              <span className="w-24 shrink-0">
                <Badge tone={RISK_TONES[approval.risk]}>{approval.risk} risk</Badge>
              </span>
              <div className="flex min-w-0 flex-1 basis-48 flex-col">
                <Link
                  href={`/inbox?view=all&item=approval:${approval.id}`}
                  className="truncate font-medium after:absolute after:inset-0"
                >
                  {actionTitle(approval.action, approval.title)}
                </Link>
                <span className="truncate font-mono text-xs text-muted">{approval.action}</span>
              </div>
              <AgentChip name={approval.agent.name} className="max-w-48 text-muted" />
              {approval.mine && <Badge tone="accent">yours</Badge>}
              <span className="ml-auto whitespace-nowrap text-xs text-muted">
                expires <Time value={approval.deadline} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
