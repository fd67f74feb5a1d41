import { z } from "zod";

import { id, reason } from "@/lib/agents/schemas";
import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { completeModesSchema, failureModesSchema, withFailureModes } from "@/lib/incidents/failure-settings";
import type { JsonObject } from "@/lib/kernel/json";
import { fail, ok } from "@/lib/kernel/result";
import { settingsBasis } from "@/lib/organisation/settings-change";

export const saveFailureModesInput = z.strictObject({
  /** Null: for all agents that have none of their own. */
  agentId: id.nullable(),
  /** Null: as those of all; for all, as built in. */
  modes: completeModesSchema.nullable(),
  /** `settingsBasis` of what was seen. */
  basis: z.string().max(64),
  reason,
});

/**
 * Says how Remit reacts when work fails: for one agent whoever may change that agent, for all an admin of the organisation. Errors:
 * `not_found`, `forbidden`, `conflict` when somebody changed them since `basis` was read.
 */
export const saveFailureModes = command(saveFailureModesInput, { rebindsDecisions: true }, async (step, input) => {
  const { agentId, modes, basis } = input;
  const allowed =
    agentId === null ? authorise(step, "organisation.write", null) : authorise(step, "agent.write", agentId);
  if (!allowed.ok) return allowed;
  const agent =
    agentId === null
      ? null
      : await step.tx.node.findFirst({ where: { id: agentId, kind: "agent" }, select: { slug: true } });
  if (agentId !== null && agent === null) return fail("not_found", "There is no such agent.", "agentId");
  const row = await step.tx.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } });
  if (basis !== settingsBasis(row.settings, ["failures"]))
    return fail("conflict", "Somebody changed these settings meanwhile. Look at them again.");
  const stored: JsonObject = JSON.parse(JSON.stringify(row.settings ?? {}));
  const before = failureModesSchema.catch({}).parse(stored.failures ?? {});
  const after = withFailureModes(before, agent?.slug ?? null, modes);
  const { failures: _failures, ...others } = stored;
  const kept = Object.keys(after).length === 0 ? others : { ...others, failures: after };
  await step.tx.configuration.updateMany({ where: { id: 1 }, data: { settings: kept } });
  step.audit({
    action: "organisation.failure_modes",
    subjectKind: agentId === null ? "organisation" : "agent",
    subjectId: agentId ?? "1",
    nodeId: agentId,
    detail: { modes: modes ?? null, reason: input.reason },
  });
  step.notify("agents");
  return ok(null);
});
