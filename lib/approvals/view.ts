import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import { viewInput, type ViewInput } from "@/lib/approvals/schemas";
import { isId } from "@/lib/kernel/ids";
import { parseInput } from "@/lib/kernel/parse";
import { fail, ok, type Result } from "@/lib/kernel/result";

/**
 * Notes when this person first had the evidence before them; the panel calls it when it has been open for half a second. The first time
 * stands. No audit record: having looked changes nothing for anybody else, and the record of the decision says how long it took.
 * Errors: `not_found` for what is out of sight (I12).
 */
export async function viewApproval(viewer: Viewer, raw: ViewInput): Promise<Result<{ firstAt: string }>> {
  const parsed = parseInput(viewInput, raw);
  if (!parsed.ok) return parsed;
  const { approvalId } = parsed.value;
  const seen = isId(approvalId)
    ? await viewer.db.approval.findFirst({
        where: { id: approvalId, ...within(viewer.access, "approval.read", "agentId") },
        select: { id: true },
      })
    : null;
  if (!seen) return fail("not_found", "There is no such approval.");
  const key = { approvalId, personId: viewer.person.id };
  await viewer.db.approvalView.createMany({
    data: [{ ...key, firstAt: viewer.clock.now() }],
    skipDuplicates: true,
  });
  const { firstAt } = await viewer.db.approvalView.findUniqueOrThrow({
    where: { approvalId_personId: key },
    select: { firstAt: true },
  });
  return ok({ firstAt: firstAt.toISOString() });
}
