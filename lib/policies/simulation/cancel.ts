import { command, personOf } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok } from "@/lib/kernel/result";
import { simulationIdInput } from "@/lib/policies/simulation/schemas";

/**
 * Stops a simulation; the worker sees it within a second. Its requester may, and whoever writes the organisation's policies.
 * Errors: `not_found`, `conflict` when it has ended already.
 */
export const cancelSimulation = command(simulationIdInput, {}, async (step, { id }) => {
  const allowed = authorise(step, "policy.read", null);
  if (!allowed.ok) return allowed;
  const { tx, now } = step;
  const simulation = await tx.simulation.findUnique({
    where: { id },
    select: { policyId: true, requestedById: true, passed: true },
  });
  if (!simulation) return fail("not_found", "There is no such simulation.");
  if (simulation.requestedById === null || simulation.requestedById !== personOf(step)) {
    const foreign = authorise(step, "policy.write", null);
    if (!foreign.ok) return foreign;
  }
  const { count } = await tx.simulation.updateMany({
    where: { id, state: { in: ["queued", "running"] } },
    data: { state: "cancelled", finishedAt: now },
  });
  if (count === 0) return fail("conflict", "It has ended already.");
  await tx.$executeRaw`UPDATE simulation SET checkpoint = NULL WHERE id = ${id}::uuid`;
  step.audit({
    action: "simulation.cancel",
    subjectKind: "policy",
    subjectId: simulation.policyId,
    nodeId: null,
    detail: { simulationId: id, passed: simulation.passed },
  });
  step.notify("simulations", `simulation:${id}`);
  return ok({ id });
});
