import { approveApproval } from "@/lib/approvals/approve";
import { rejectApproval } from "@/lib/approvals/reject";
import {
  approveInput,
  approveInTurnInput,
  approveManyInput,
  rejectManyInput,
  undoManyInput,
  type ApproveInTurnInput,
  type ApproveManyInput,
  type RejectManyInput,
  type UndoManyInput,
} from "@/lib/approvals/schemas";
import { openApproval } from "@/lib/approvals/settle";
import { undoDecision } from "@/lib/approvals/undo";
import type { CommandContext } from "@/lib/audit/change";
import { command } from "@/lib/audit/command";
import { parseInput } from "@/lib/kernel/parse";
import { fail, ok, type RemitError, type Result } from "@/lib/kernel/result";

/**
 * What came of one of many. `releaseAt`: when the agent learns of it; null while others are still to approve. ISO 8601. `undoMs`: for
 * how long from the answer on it can be taken back, whatever the browser's clock says; null where it cannot.
 */
type OneOfMany =
  | {
      id: string;
      ok: true;
      state: "pending" | "approved" | "rejected";
      releaseAt: string | null;
      undoMs: number | null;
    }
  | { id: string; ok: false; error: RemitError };

/**
 * Approves many of low risk, one after the other, each by `approveApproval` in a change and with a record of its own: one that is
 * refused, or fails, stops no other. Errors of one: those of the command, and `not_low_risk`, since what matters is looked at on its
 * own. An id that comes twice is decided once.
 */
export async function approveMany(context: CommandContext, raw: ApproveManyInput): Promise<Result<OneOfMany[]>> {
  const parsed = parseInput(approveManyInput, raw);
  if (!parsed.ok) return parsed;
  const { approvalIds, comment } = parsed.value;
  return ok(
    await eachOf(context, approvalIds, (approvalId) =>
      approveOfLowRisk(context, { approvalId, ...(comment !== undefined && { comment }) }),
    ),
  );
}

/** Rejects many for one reason, of any risk: a rejection allows nothing. Otherwise as {@link approveMany}. */
export async function rejectMany(context: CommandContext, raw: RejectManyInput): Promise<Result<OneOfMany[]>> {
  const parsed = parseInput(rejectManyInput, raw);
  if (!parsed.ok) return parsed;
  const { approvalIds, comment, reasonId } = parsed.value;
  return ok(
    await eachOf(context, approvalIds, (approvalId) =>
      rejectApproval(context, { approvalId, comment, ...(reasonId !== undefined && { reasonId }) }),
    ),
  );
}

/** Takes several decisions back, each by `undoDecision`; its errors are those of each one. */
export async function undoMany(context: CommandContext, raw: UndoManyInput): Promise<Result<OneOfMany[]>> {
  const parsed = parseInput(undoManyInput, raw);
  if (!parsed.ok) return parsed;
  return ok(await eachOf(context, parsed.value.approvalIds, (approvalId) => undoDecision(context, { approvalId })));
}

/**
 * What one person approved one after the other, faster than the way to the server: each by `approveApproval` with what was seen of it,
 * in that order. The answers are in the order of the questions; `undoMs` as with {@link OneOfMany}.
 */
export async function approveInTurn(
  context: CommandContext,
  raw: ApproveInTurnInput,
): Promise<Result<{ one: Awaited<ReturnType<typeof approveApproval>>; undoMs: number | null }[]>> {
  const parsed = parseInput(approveInTurnInput, raw);
  if (!parsed.ok) return parsed;
  const decided: Awaited<ReturnType<typeof approveApproval>>[] = [];
  for (const one of parsed.value.approvals) decided.push(await approveApproval(context, one).catch(() => UNFORESEEN));
  const now = context.clock.now().getTime();
  return ok(decided.map((one) => ({ one, undoMs: one.ok ? undoMs(one.value.release?.at ?? null, now) : null })));
}

const approveOfLowRisk = command(approveInput, {}, async (step, input) => {
  const opened = await openApproval(step, input.approvalId);
  if (!opened.ok) return opened;
  if (opened.value.approval.risk !== "low")
    return fail("not_low_risk", "Only what is of low risk is approved together with others. Open this one.");
  return await approveApproval.within(step, input);
});

type Decided = Result<{ state: "pending" | "approved" | "rejected"; release?: { at: string } }>;

async function eachOf(
  { clock }: CommandContext,
  ids: readonly string[],
  decide: (id: string) => Promise<Decided>,
): Promise<OneOfMany[]> {
  const decided: { id: string; one: Decided }[] = [];
  for (const id of new Set(ids)) decided.push({ id, one: await decide(id).catch(() => UNFORESEEN) });
  const now = clock.now().getTime();
  return decided.map(({ id, one }) => {
    if (!one.ok) return { id, ok: false, error: one.error };
    const releaseAt = one.value.release?.at ?? null;
    return { id, ok: true, state: one.value.state, releaseAt, undoMs: undoMs(releaseAt, now) };
  });
}

const undoMs = (releaseAt: string | null, now: number): number | null =>
  releaseAt === null ? null : Math.max(0, Date.parse(releaseAt) - now);

const UNFORESEEN = fail("internal", "This one could not be decided. Try it again.");
