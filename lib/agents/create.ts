import { EMPTY_BOUNDARY } from "@/lib/agents/boundary";
import { lastPosition, lockChart } from "@/lib/agents/chart-lock";
import { delegatesFor } from "@/lib/agents/delegates-for";
import { activePerson, nodeFor, slugIsFree } from "@/lib/agents/node-of";
import { createAgentInput, type Boundary } from "@/lib/agents/schemas";
import { addVersion } from "@/lib/agents/version-add";
import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";
import { lowerTiers } from "@/lib/tiers/record";

/**
 * Puts an agent into the chart, in its first version, active and without grants: it may do nothing until it is given some.
 * One person alone makes it at the lowest tier only: from there on each step is asked for, and another person decides it (lib/promotions).
 * Errors: `forbidden` (field `tier`) for a person who names a higher one; `conflict` for a slug that is taken or an owner who is disabled;
 * `not_found` for an unknown owner.
 */
export const createAgent = command(createAgentInput, { rebindsDecisions: true }, async (step, input) => {
  await lockChart(step.tx);
  const parent = await nodeFor(step, "agent.write", input.parentId);
  if (!parent.ok) return parent;
  if (step.actor.kind === "person" && lowerTiers(input.tier).length > 0)
    return fail(
      "forbidden",
      "A new agent begins at Observe. Ask for its promotion: another person decides it.",
      "tier",
    );
  const free = await slugIsFree(step, input.slug);
  if (!free.ok) return free;
  const owner = await activePerson(step, input.ownerId, "ownerId");
  if (!owner.ok) return owner;
  const named = await delegatesFor(step, [], input.boundary.delegates);
  if (!named.ok) return named;
  const { parentId, slug, name, ownerId, tier, rate } = input;
  const boundary: Boundary = { ...EMPTY_BOUNDARY, ...input.boundary, name, tier };
  const id = step.newId();
  const position = input.position ?? (await lastPosition(step.tx, parentId));
  await step.tx.node.create({ data: { id, parentId, kind: "agent", slug, name, position, createdAt: step.now } });
  await step.tx.agent.create({ data: { id, ownerId, tier, rate, createdAt: step.now } });
  await addVersion(step, id, 1, boundary);
  step.audit({
    action: "agent.create",
    subjectKind: "agent",
    subjectId: id,
    nodeId: id,
    detail: { slug, parentId, parent: parent.value.slug, ownerId, boundary, rate, version: 1 },
  });
  step.notify("agents", "chart");
  return ok({ id, version: 1 });
});
