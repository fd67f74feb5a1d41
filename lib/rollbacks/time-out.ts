import type { CommandContext } from "@/lib/audit/change";
import { inOneChange } from "@/lib/audit/command";
import { endRollback } from "@/lib/rollbacks/outcome";

const BATCH = 100;

/** Gives up rollbacks that nobody reported as done in time. Each in a change of its own, once, whoever crashes. */
export async function timeOutRollbacks(context: CommandContext): Promise<{ failed: number }> {
  const late = await context.db.rollback.findMany({
    where: { state: { in: ["waiting", "running"] }, deadline: { lte: context.clock.now() } },
    orderBy: [{ deadline: "asc" }, { id: "asc" }],
    take: BATCH,
    select: { id: true, via: true, attempts: true, state: true },
  });
  let failed = 0;
  for (const one of late) {
    const ended = await inOneChange(context, {}, (step) =>
      endRollback(step, one.id, { state: "failed", detail: wordsOf(one) }),
    );
    if (ended.ok) failed += 1;
  }
  return { failed };
}

function wordsOf({ via, attempts, state }: { via: "webhook" | "task"; attempts: number; state: string }): string {
  if (via === "task")
    return attempts === 0
      ? "The agent's software did not fetch it in time."
      : "The agent's software fetched it, and did not say in time how it went.";
  return state === "running"
    ? "The system took it on, and did not say in time how it went."
    : "The system's receiver could not be reached in time.";
}
