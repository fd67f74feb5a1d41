"use client";
import { Bot, Play } from "lucide-react";
import Link from "next/link";
import { AgentChip } from "@/components/domain/agent-chip";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { toast } from "@/components/ui/toast";
import type { StoppedAgent } from "@/lib/organisation/stops";
import { startAgent } from "../actions";

/** Agents that are suspended themselves, by a person or by a rule of failure. */
export function AgentStops({ agents }: { agents: readonly StoppedAgent[] }) {
  return (
    <Card>
      <CardHeader
        title="Single agents"
        description="Suspended from their own page, or by an incident."
        actions={
          <Button asChild size="sm" variant="ghost">
            <Link href="/agents">All agents</Link>
          </Button>
        }
      />
      {agents.length === 0 ? (
        <EmptyState
          level={3}
          icon={Bot}
          title="No agent is suspended"
          description="Who is stands here with the reason, and is resumed here."
        />
      ) : (
        <CardBody>
          <ul className="flex flex-col divide-y divide-line">
            {agents.map((agent) => (
              <li key={agent.id} className="flex items-center gap-3 py-2 first:pt-0 last:pb-0">
                <span className="flex min-w-0 flex-1 flex-col gap-0.5 text-sm">
                  <AgentChip name={agent.name} href={`/agents/${agent.slug}`} />
                  {agent.reason !== null && <span className="text-xs break-words text-muted">{agent.reason}</span>}
                </span>
                {agent.mayResume && (
                  <ReasonDialog
                    title={`Resume ${agent.name}`}
                    description="It may act again at once, within the remit that it had."
                    confirm="Resume"
                    tone="primary"
                    action={(fields) => startAgent({ id: agent.id, reason: fields.text("reason") })}
                    onDone={() => toast.success(`${agent.name} is active`)}
                    trigger={
                      <Button size="sm" aria-label={`Resume ${agent.name}`}>
                        <Play aria-hidden />
                        Resume
                      </Button>
                    }
                  />
                )}
              </li>
            ))}
          </ul>
        </CardBody>
      )}
    </Card>
  );
}
