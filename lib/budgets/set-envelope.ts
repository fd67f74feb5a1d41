import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { readEnvelope, setEnvelopeInput } from "@/lib/budgets/schemas";
import { fail, ok } from "@/lib/kernel/result";

/**
 * Sets what a node and all below it may use. Money is given from above: it takes a manager of the node's parent, so that nobody widens
 * what limits themselves; the root's is set by whoever manages the root. What its windows have taken so far stays counted.
 * Errors: `not_found`, `forbidden`, `agent_retired`.
 */
export const setEnvelope = command(setEnvelopeInput, { rebindsDecisions: true }, async (step, input) => {
  const seen = authorise(step, "chart.read", input.id);
  if (!seen.ok) return fail("not_found", "There is no such node.");
  const node = await step.tx.node.findUnique({
    where: { id: input.id },
    select: { parentId: true, kind: true, slug: true, name: true, envelope: true, agent: { select: { status: true } } },
  });
  if (!node) return fail("not_found", "There is no such node.");
  const allowed = authorise(step, "envelope.write", node.parentId ?? input.id);
  if (!allowed.ok) return fail("forbidden", "What limits a node is set by a manager of the node above.");
  if (node.agent?.status === "retired") return fail("agent_retired", `${node.name} is retired.`);
  await step.tx.node.update({ where: { id: input.id }, data: { envelope: input.envelope } });
  step.audit({
    action: "envelope.set",
    subjectKind: node.kind,
    subjectId: input.id,
    nodeId: input.id,
    detail: { slug: node.slug, before: readEnvelope(node.envelope), after: input.envelope },
  });
  step.notify("chart", "agents", "envelopes");
  return ok({ id: input.id });
});
