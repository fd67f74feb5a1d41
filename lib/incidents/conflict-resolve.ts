import { command, personOf } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { resolveConflictInput } from "@/lib/incidents/schemas";
import { fail, ok } from "@/lib/kernel/result";

/**
 * Says that a contradiction of policies has been seen to, and how. It is raised anew when it happens again. Errors: `not_found`,
 * `forbidden`, `conflict` when it is resolved already.
 */
export const resolveConflict = command(resolveConflictInput, {}, async (step, { conflictId, note }) => {
  const found = await step.tx.policyConflict.findUnique({ where: { id: conflictId }, select: { agentId: true } });
  if (!found) return NO_CONFLICT;
  const allowed = authorise(step, "incident.write", found.agentId);
  if (!allowed.ok) return allowed.error.code === "not_found" ? NO_CONFLICT : allowed;
  const { count } = await step.tx.policyConflict.updateMany({
    where: { id: conflictId, resolvedAt: null },
    data: { resolvedAt: step.now, resolvedById: personOf(step), note, openKey: null },
  });
  if (count === 0) return fail("conflict", "This conflict is resolved already.");
  step.audit({
    action: "policy.conflict_resolve",
    subjectKind: "conflict",
    subjectId: conflictId,
    nodeId: found.agentId,
    detail: { reason: note },
  });
  step.notify("incidents");
  return ok(null);
});

const NO_CONFLICT = fail("not_found", "There is no such conflict.");
