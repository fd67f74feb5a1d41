import { resumeAgent } from "@/lib/agents/resume";
import { command, personOf } from "@/lib/audit/command";
import { enter, incidentFor, recordIncident, RESOLVED } from "@/lib/incidents/record";
import { resolveIncidentInput } from "@/lib/incidents/schemas";
import { ok } from "@/lib/kernel/result";

/**
 * Closes an incident with its cause and, if the person says so, lets the agent act again in the same change; an agent that is not
 * suspended stays as it is. Errors: `not_found`, `forbidden`, `conflict` when it is resolved already.
 */
export const resolveIncident = command(resolveIncidentInput, { rebindsDecisions: true }, async (step, input) => {
  const { incidentId, cause } = input;
  const opened = await incidentFor(step, "incident.write", incidentId);
  if (!opened.ok) return opened;
  const incident = opened.value;
  if (incident.state === "resolved") return RESOLVED;
  const resumes = input.resume && incident.agentStatus === "suspended";
  if (resumes) {
    const reason = `Incident resolved: ${cause}`.slice(0, 500);
    const resumed = await resumeAgent.within(step, { id: incident.agentId, reason });
    if (!resumed.ok) return resumed;
    await enter(step, incidentId, "resumed", "The agent may act again.");
  }
  await step.tx.incident.update({
    where: { id: incidentId },
    data: {
      state: "resolved",
      openKey: null,
      resolvedAt: step.now,
      resolvedById: personOf(step),
      cause,
      resumed: resumes,
    },
  });
  await enter(step, incidentId, "resolved", cause);
  recordIncident(step, "incident.resolve", incident, { reason: cause, resumed: resumes });
  return ok({ resumed: resumes });
});
