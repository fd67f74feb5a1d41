import { z } from "zod";

import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok } from "@/lib/kernel/result";
import { tallySchema } from "@/lib/policies/simulation/tally";

/** Why a simulation ended without a result. */
const SIMULATION_FAULTS = ["interrupted", "too_slow", "internal"] as const;

const finishSimulationInput = z.strictObject({
  id: z.uuid(),
  end: z.discriminatedUnion("state", [
    z.strictObject({ state: z.literal("done"), result: tallySchema }),
    z.strictObject({ state: z.literal("failed"), fault: z.enum(SIMULATION_FAULTS) }),
  ]),
});

/** Ends a simulation, with its counts or with why it failed: the worker's. Errors: `conflict` when it was cancelled meanwhile. */
export const finishSimulation = command(finishSimulationInput, {}, async (step, { id, end }) => {
  const allowed = authorise(step, "policy.write", null);
  if (!allowed.ok) return allowed;
  const { tx, now } = step;
  const ended =
    end.state === "done" ? { state: end.state, result: end.result } : { state: end.state, fault: end.fault };
  const { count } = await tx.simulation.updateMany({
    where: { id, state: "running" },
    data: { ...ended, finishedAt: now },
  });
  if (count === 0) return fail("conflict", "It has ended already.");
  await tx.$executeRaw`UPDATE simulation SET checkpoint = NULL WHERE id = ${id}::uuid`;
  const { policyId, draftId, draftRevision } = await tx.simulation.findUniqueOrThrow({ where: { id } });
  step.audit({
    action: `simulation.${end.state === "done" ? "finish" : "fail"}`,
    subjectKind: "policy",
    subjectId: policyId,
    nodeId: null,
    detail: {
      simulationId: id,
      draftId,
      revision: draftRevision,
      ...(end.state === "done"
        ? {
            decisions: end.result.decisions,
            changed: end.result.transitions
              .filter((one) => one.from !== one.to)
              .reduce((sum, one) => sum + one.count, 0),
          }
        : { fault: end.fault }),
    },
  });
  step.notify("simulations", `simulation:${id}`);
  return ok({ id });
});
