import { CircleCheck, CircleX, Clock, Loader, Undo2, type LucideIcon } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import { AgentText } from "@/components/ui/agent-text";
import type { Plain } from "@/lib/kernel/plain";
import type { ReviewDetail, RollbackState } from "@/lib/reviews/views";
import { ArgumentsView } from "../../_evidence/arguments-view";

type Rollback = Plain<ReviewDetail>["rollbacks"][number];

const LOOKS: Record<RollbackState, { label: string; tone: Tone; icon: LucideIcon }> = {
  waiting: { label: "Waits", tone: "info", icon: Clock },
  running: { label: "Under way", tone: "info", icon: Loader },
  done: { label: "Done", tone: "allow", icon: CircleCheck },
  failed: { label: "Failed", tone: "deny", icon: CircleX },
  cancelled: { label: "Taken back", tone: "neutral", icon: Undo2 },
};

/** Each time that it was to be undone, the latest first: who ordered it, who took it on when, and how it ended. */
export function RollbackProgress({ rollbacks }: { rollbacks: readonly Rollback[] }) {
  return (
    <ol aria-label="Rollbacks" className="flex flex-col gap-4">
      {rollbacks.map((rollback) => (
        <li key={rollback.id} className="flex flex-col gap-2">
          <One rollback={rollback} />
        </li>
      ))}
    </ol>
  );
}

function One({ rollback }: { rollback: Rollback }) {
  const { label, tone, icon: Icon } = LOOKS[rollback.state];
  const open = rollback.state === "waiting" || rollback.state === "running";
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <Badge tone={tone} icon={<Icon aria-hidden />}>
          {label}
        </Badge>
        <span className="font-medium">{rollback.title}</span>
      </p>
      <ol className="flex flex-col gap-1 border-l border-line pl-3 text-sm">
        <li className="wrap-anywhere">
          {rollback.requestedBy ?? "The rule"} ordered it, <Time value={rollback.requestedAt} />
          <span className="text-muted">: {rollback.reason}</span>
        </li>
        {rollback.tries.toReversed().map((one) => (
          <li key={one.number} className="wrap-anywhere">
            {rollback.via === "task" ? (
              <>
                The agent’s software fetched it, <Time value={one.at} />
              </>
            ) : (
              <>
                The system {one.error === null ? `answered ${one.statusCode ?? ""}` : one.error},{" "}
                <Time value={one.at} />
              </>
            )}
          </li>
        ))}
        {rollback.endedAt !== null && (
          <li className="wrap-anywhere">
            {label}, <Time value={rollback.endedAt} />
            {rollback.detail !== null && (
              <span className="text-muted">
                : <AgentText text={rollback.detail} />
              </span>
            )}
          </li>
        )}
        {open && (
          <li className="text-muted">
            {waitsFor(rollback)} It has failed if it is not done by <Time value={rollback.deadline} format="dayTime" />.
          </li>
        )}
      </ol>
      <details>
        <summary className="w-fit cursor-pointer rounded-sm text-xs text-muted hover:text-foreground">
          What was ordered
        </summary>
        <div className="mt-2">
          <ArgumentsView value={rollback.args} label="Arguments of the rollback" />
        </div>
      </details>
    </>
  );
}

function waitsFor({ via, state }: Rollback): string {
  if (via === "task")
    return state === "running"
      ? "It waits for the software’s report."
      : "It waits until the agent’s software fetches it.";
  return state === "running"
    ? "It waits for the system’s report."
    : "Remit calls the system’s receiver until it answers.";
}
