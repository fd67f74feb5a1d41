import type { Viewer } from "@/lib/auth/viewer";
import { within } from "@/lib/auth/access";
import { judgeEdit, type EditVerdict } from "@/lib/approvals/edit";
import { judgeInput, type JudgeInput } from "@/lib/approvals/schemas";
import { queriesOf } from "@/lib/db/queries";
import { isId } from "@/lib/kernel/ids";
import { argsHash } from "@/lib/kernel/json";
import { parseInput } from "@/lib/kernel/parse";
import { fail, ok, type Result } from "@/lib/kernel/result";

/**
 * What other arguments would come to, for the person who edits them: the same verdict as `approveApproval` passes on them, before they
 * approve. `asks` with `yours`: approve with `seen.questions` naming all of them. Errors: `not_found`, `invalid_input`.
 */
export async function judgeEditedArguments(viewer: Viewer, raw: JudgeInput): Promise<Result<EditVerdict>> {
  const parsed = parseInput(judgeInput, raw);
  if (!parsed.ok) return parsed;
  const { approvalId, args } = parsed.value;
  const approval = isId(approvalId)
    ? await viewer.db.approval.findFirst({
        where: { id: approvalId, ...within(viewer.access, "approval.decide", "agentId") },
        select: {
          id: true,
          decisionId: true,
          runId: true,
          agentId: true,
          action: true,
          approverIds: true,
          quorum: true,
          argsHash: true,
          decision: { select: { checks: true, argsHash: true } },
        },
      })
    : null;
  if (!approval) return fail("not_found", "There is no such approval.");
  const hash = argsHash(approval.action, args);
  if (hash.equals(approval.argsHash) || hash.equals(approval.decision.argsHash)) return ok({ kind: "fits" });
  const asking = { ...approval, checks: approval.decision.checks };
  return ok(await judgeEdit(queriesOf(viewer.db), asking, args, viewer.person.id, viewer.clock.now()));
}
