import { Bot, CornerDownRight, EyeOff, Network, User, UserCheck, Zap, type LucideIcon } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ActorChip } from "@/components/domain/actor-chip";
import { AgentChip } from "@/components/domain/agent-chip";
import { RunStatusBadge } from "@/components/domain/run-status-badge";
import { TierBadge } from "@/components/domain/tier-badge";
import { AgentText } from "@/components/ui/agent-text";
import { Time } from "@/components/ui/time";
import { RUN_STATUSES, type RunStatus } from "@/lib/runs/views";
import type { RunTrail } from "@/lib/runs/timeline";

/** Who asks for whom, under whose authority: from the one it acts for, down the delegations, to the agent and who answers for it. */
export function PrincipalChain({ trail }: { trail: Omit<RunTrail, "startedAt"> }) {
  const { agent, onBehalfOf, trigger } = trail;
  return (
    <ol className="flex flex-col gap-2.5" aria-label="Who asks for whom">
      {onBehalfOf !== null && (
        <Step icon={User} label="Acts for">
          <span className="font-medium wrap-anywhere">
            <AgentText text={onBehalfOf.subject} />
          </span>
          {onBehalfOf.authenticatedAt === null ? (
            <span className="text-xs text-muted">not said to be authenticated</span>
          ) : (
            <span className="text-xs text-muted">
              authenticated <Time value={onBehalfOf.authenticatedAt} />
            </span>
          )}
        </Step>
      )}
      <Step icon={Zap} label="Started by">
        <span className="wrap-anywhere">
          <AgentText
            text={[trigger.kind, trigger.source, trigger.reference].filter((part) => part !== null).join(" · ")}
          />
        </span>
      </Step>
      {trail.parents.toReversed().map((parent, at) =>
        parent.visible ? (
          <Step key={parent.runId} icon={CornerDownRight} label="Delegated by">
            <AgentChip name={parent.agent.name} href={`/agents/${parent.agent.slug}`} />
            <Link
              href={`/runs/${parent.runId}`}
              className="text-xs text-accent-text underline-offset-4 hover:underline"
            >
              its run
            </Link>
            {isRunStatus(parent.status) && <RunStatusBadge status={parent.status} />}
          </Step>
        ) : (
          <Step key={`hidden:${at}`} icon={EyeOff} label="Delegated by">
            <span className="text-muted">an agent outside your part of the organisation</span>
          </Step>
        ),
      )}
      <Step icon={Bot} label="Agent">
        <AgentChip name={agent.name} slug={agent.slug} href={`/agents/${agent.slug}`} />
        <TierBadge tier={agent.tier} />
        <span className="text-xs text-muted">version {agent.version}</span>
      </Step>
      <Step icon={UserCheck} label="Answers for it">
        <ActorChip actor={{ kind: "person", name: agent.owner.name }} />
      </Step>
      {trail.above.length > 0 && (
        <Step icon={Network} label="Stands under">
          <span className="wrap-anywhere">{trail.above.map((node) => node.name).join(" → ")}</span>
        </Step>
      )}
    </ol>
  );
}

const isRunStatus = (status: string): status is RunStatus => RUN_STATUSES.some((known) => known === status);

function Step({ icon: Icon, label, children }: { icon: LucideIcon; label: string; children: ReactNode }) {
  return (
    <li className="flex gap-2.5 text-sm">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="text-xs text-muted">{label}</p>
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">{children}</div>
      </div>
    </li>
  );
}
