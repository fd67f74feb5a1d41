import { approveApproval } from "@/lib/approvals/approve";
import { rejectApproval } from "@/lib/approvals/reject";
import {
  approveInput,
  approveManyInput,
  rejectManyInput,
  type ApproveManyInput,
  type RejectManyInput,
} from "@/lib/approvals/schemas";
import { openApproval } from "@/lib/approvals/settle";
import type { CommandContext } from "@/lib/audit/change";
import { command } from "@/lib/audit/command";
import { parseInput } from "@/lib/kernel/parse";
import { fail, ok, type RemitError, type Result } from "@/lib/kernel/result";

/** What came of one of many. `releaseAt`: when the agent learns of it; null while others are still to approve. ISO 8601. */
type OneOfMany =
  | { id: string; ok: true; state: "pending" | "approved" | "rejected"; releaseAt: string | null }
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
    await eachOf(approvalIds, (approvalId) =>
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
    await eachOf(approvalIds, (approvalId) =>
      rejectApproval(context, { approvalId, comment, ...(reasonId !== undefined && { reasonId }) }),
    ),
  );
}

const approveOfLowRisk = command(approveInput, {}, async (step, input) => {
  const opened = await openApproval(step, input.approvalId);
  if (!opened.ok) return opened;
  if (opened.value.approval.risk !== "low")
    return fail("not_low_risk", "Only what is of low risk is approved together with others. Open this one.");
  return await approveApproval.within(step, input);
});

async function eachOf(
  ids: readonly string[],
  decide: (id: string) => Promise<Result<{ state: "pending" | "approved" | "rejected"; release?: { at: string } }>>,
): Promise<OneOfMany[]> {
  const results: OneOfMany[] = [];
  for (const id of new Set(ids)) {
    const one = await decide(id).catch(() => UNFORESEEN);
    results.push(
      one.ok
        ? { id, ok: true, state: one.value.state, releaseAt: one.value.release?.at ?? null }
        : { id, ok: false, error: one.error },
    );
  }
  return results;
}

const UNFORESEEN = fail("internal", "This one could not be decided. Try it again.");
