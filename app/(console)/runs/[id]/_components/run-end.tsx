import { LoaderCircle } from "lucide-react";
import { RUN_STATUSES } from "@/components/domain/run-status-badge";
import { cn } from "@/components/ui/cn";
import { JsonView } from "@/components/ui/json-view";
import { Time } from "@/components/ui/time";
import { TONES } from "@/components/ui/tone";
import type { Json } from "@/lib/kernel/json";
import type { RunDetail } from "@/lib/runs/views";
import { Bookend } from "./bookend";

const HOW: Record<RunDetail["status"], string> = {
  running: "Still running",
  succeeded: "Ended well",
  failed: "Ended with a failure",
  blocked: "Ended blocked",
  halted: "Halted",
  lost: "Lost: nothing was heard of it for longer than its lease",
};

/** How it ended, and with what; or what it waits for. */
export function RunEnd({ run }: { run: RunDetail }) {
  if (run.endedAt === null) {
    return (
      <Bookend
        icon={
          <LoaderCircle
            aria-hidden
            className="mt-0.5 size-4 shrink-0 animate-spin text-info-text [animation-duration:2s]"
          />
        }
        title={run.waiting > 0 ? "Waiting for a person" : HOW.running}
        aside={
          <>
            heard of before <Time value={run.leaseUntil} format="second" />, else it counts as lost
          </>
        }
        place="end"
      />
    );
  }
  const { icon: Icon, tone } = RUN_STATUSES[run.status];
  return (
    <Bookend
      icon={<Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", TONES[tone].text)} />}
      title={HOW[run.status]}
      aside={<Time value={run.endedAt} format="second" />}
      place="end"
    >
      <Part label="Why" value={messageOf(run.error)} />
      <Part label="Blocked by" value={run.blocker} />
      <Part label="Output" value={run.output} />
      <Part label="Follow-up" value={run.followUp} />
    </Bookend>
  );
}

function Part({ label, value }: { label: string; value: Json }) {
  if (value === null) return null;
  return (
    <div className="flex flex-col gap-1">
      <p className="text-xs text-muted">{label}</p>
      {typeof value === "string" ? (
        <p className="text-sm whitespace-pre-wrap wrap-anywhere">{value}</p>
      ) : (
        <JsonView value={value} label={label} depth={2} />
      )}
    </div>
  );
}

/** An error that only says a message is shown as that message. */
function messageOf(error: Json): Json {
  if (error === null || typeof error !== "object" || Array.isArray(error)) return error;
  const { message, code, ...rest } = error;
  return typeof message === "string" && Object.keys(rest).length === 0 && (code === undefined || code === "halted")
    ? message
    : error;
}
