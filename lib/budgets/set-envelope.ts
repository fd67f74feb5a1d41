import { command, type Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { PERIODS, startOf, type Period } from "@/lib/budgets/periods";
import { readEnvelope, setEnvelopeInput } from "@/lib/budgets/schemas";
import { fail, ok } from "@/lib/kernel/result";

/**
 * Sets what a node and all below it may use. Money is given from above: it takes a manager of the node's parent, so that nobody widens
 * what limits themselves; the root's is set by whoever manages the root. What its windows have taken so far is counted from the start.
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
  const before = readEnvelope(node.envelope);
  for (const period of PERIODS)
    if (period !== "run" && input.envelope[period]) await beginWindow(step, input.id, period, !before[period]);
  step.audit({
    action: "envelope.set",
    subjectKind: node.kind,
    subjectId: input.id,
    nodeId: input.id,
    detail: { slug: node.slug, before, after: input.envelope },
  });
  step.notify("chart", "agents", "envelopes");
  return ok({ id: input.id });
});

/**
 * A window that nobody counted before begins with what the runs that started in it have cost: else a limit set late would let it be spent twice.
 * One that was counted until its limit was taken away is brought up to that: nobody counted meanwhile.
 */
async function beginWindow({ tx, now }: Step, nodeId: string, period: Period, anew: boolean): Promise<void> {
  const startsAt = new Date(startOf(period, now.getTime()));
  await tx.$executeRaw`
    WITH RECURSIVE below AS (
      SELECT ${nodeId}::uuid AS id UNION ALL SELECT node.id FROM node JOIN below ON node.parent_id = below.id
    )
    INSERT INTO envelope_use AS known (owner_id, period, starts_at, settled_micro_usd, settled_tokens, calls, unpriced_calls)
      SELECT ${nodeId}::uuid, ${period}::envelope_period, ${startsAt}, coalesce(sum(cost_micro_usd), 0),
          coalesce(sum(input_tokens + output_tokens), 0), coalesce(sum(decisions - denials - escalations), 0), coalesce(sum(unpriced_calls), 0)
        FROM run WHERE agent_id IN (SELECT id FROM below) AND started_at >= ${startsAt} AND mode = 'live'
        HAVING count(*) > 0
    ON CONFLICT (owner_id, period, starts_at) DO UPDATE SET
        settled_micro_usd = greatest(known.settled_micro_usd, excluded.settled_micro_usd),
        settled_tokens = greatest(known.settled_tokens, excluded.settled_tokens), calls = greatest(known.calls, excluded.calls),
        unpriced_calls = greatest(known.unpriced_calls, excluded.unpriced_calls)
      WHERE ${anew}`;
}
