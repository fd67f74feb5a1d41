import { hex, record } from "@/lib/approvals/settle";
import { change, type CommandContext } from "@/lib/audit/change";
import { fail, ok, type Result } from "@/lib/kernel/result";

/** So that one change stays short; the next batch takes the rest. */
export const EXPIRED_AT_ONCE = 200;

/** Ends approvals whose deadline has passed undecided: nothing is allowed by them. Safe to run twice, and by several at once. */
export async function expireApprovals(context: CommandContext): Promise<Result<{ expired: number }>> {
  const due = await context.db.approval.findMany({
    where: { state: "pending", deadline: { lte: context.clock.now() } },
    orderBy: [{ deadline: "asc" }, { id: "asc" }],
    take: EXPIRED_AT_ONCE,
    select: { id: true },
  });
  if (due.length === 0) return ok({ expired: 0 });
  const ended = await change(context, {}, async (step) => {
    // Rows are locked in one order, and those that somebody else is ending are left to them.
    const free = await step.tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM approval WHERE id = ANY(${due.map((one) => one.id)}::uuid[]) AND state = 'pending'
      ORDER BY id FOR UPDATE SKIP LOCKED`;
    const expired = await step.tx.approval.updateManyAndReturn({
      where: { id: { in: free.map((one) => one.id) }, state: "pending", deadline: { lte: step.now } },
      data: { state: "expired" },
      select: { id: true, runId: true, agentId: true, decisionId: true, action: true, argsHash: true, deadline: true },
    });
    // A change that did nothing leaves no record, and is undone.
    if (expired.length === 0) return NOTHING_LEFT;
    for (const approval of expired) {
      const detail = { argsHash: hex(approval.argsHash), deadline: approval.deadline.toISOString() };
      record(step, "approval.expire", approval, detail);
    }
    return ok({ expired: expired.length });
  });
  return ended.ok || ended.error.code !== "conflict" ? ended : ok({ expired: 0 });
}

const NOTHING_LEFT = fail("conflict", "Somebody else ended them.");
