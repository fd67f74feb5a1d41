/** What a report about a task is measured against. */
export interface TaskRecord {
  via: "webhook" | "task";
  state: "waiting" | "running" | "done" | "failed" | "cancelled";
  /** How often it was handed out. */
  attempts: number;
}

export interface TaskReport {
  outcome: "done" | "failed";
  /** The time that it was handed out to whoever reports. */
  attempt: number;
}

type ReportVerdict = "ends" | "repeat" | "ended" | "not_fetched" | "lease_lost" | "no_such_attempt";

/**
 * What a report does. That it is done is true whoever says it, even after the lease ended; that it failed is believed only from the one who has
 * it now, since another may be about to succeed. What ended stays as it ended: the same again is a repeat, anything else is refused. A receiver
 * that is called reports for all its calls, which are one and the same message.
 */
export function reportVerdict(task: TaskRecord, { outcome, attempt }: TaskReport): ReportVerdict {
  if (task.state === "cancelled") return "ended";
  if (task.state === "done" || task.state === "failed") return task.state === outcome ? "repeat" : "ended";
  if (task.attempts === 0) return "not_fetched";
  if (attempt > task.attempts) return "no_such_attempt";
  if (task.via === "task" && outcome === "failed" && attempt < task.attempts) return "lease_lost";
  return "ends";
}

export const secondsFrom = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1_000);
