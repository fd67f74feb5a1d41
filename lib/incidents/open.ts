import { suspendAgent } from "@/lib/agents/suspend";
import { command, personOf, type Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { enter, recordIncident } from "@/lib/incidents/record";
import { openIncidentInput } from "@/lib/incidents/schemas";
import type { IncidentSource, Severity } from "@/lib/incidents/views";
import { fail, ok, type Result } from "@/lib/kernel/result";

/**
 * A person opens an incident about an agent and, if they say so, suspends it in the same change. Errors: `not_found` for an agent or run
 * that is foreign or not its own, `forbidden`, `agent_retired` when a retired one is to be suspended.
 */
export const openIncident = command(openIncidentInput, { rebindsDecisions: true }, async (step, input) => {
  const { agentId, runId, title, severity, note, pause } = input;
  const allowed = authorise(step, "incident.open", agentId);
  if (!allowed.ok) return allowed;
  const agent = await step.tx.agent.findUnique({ where: { id: agentId }, select: { id: true } });
  if (!agent) return fail("not_found", "There is no such agent.", "agentId");
  if (runId !== undefined) {
    const run = await step.tx.run.findFirst({ where: { id: runId, agentId }, select: { id: true } });
    if (!run) return fail("not_found", "There is no such run of this agent.", "runId");
  }
  return beginIncident(step, { agentId, runId: runId ?? null, source: "person", title, severity, note, pause });
});

interface Beginning {
  agentId: string;
  runId: string | null;
  source: IncidentSource;
  title: string;
  severity: Severity;
  note: string | undefined;
  pause: boolean;
  /** Of a rule: kept while it is open. */
  openKey?: string;
}

/** Opens an incident within a change whose caller has authorised it and rebinds decisions. An agent that does not act already stays as it is. */
export async function beginIncident(step: Step, begin: Beginning): Promise<Result<{ id: string; paused: boolean }>> {
  const id = step.newId();
  const { agentId, runId, source, title, severity, note, openKey } = begin;
  await step.tx.incident.create({
    data: {
      id,
      agentId,
      severity,
      source,
      title,
      openKey: openKey ?? null,
      openedAt: step.now,
      openedById: personOf(step),
    },
  });
  if (runId !== null) await step.tx.incidentRun.create({ data: { incidentId: id, runId } });
  await enter(step, id, "opened", note ?? title, runId);
  const paused = begin.pause && (await isActive(step, agentId));
  if (paused) {
    const suspended = await suspendAgent.within(step, { id: agentId, reason: `Incident: ${title}`.slice(0, 500) });
    if (!suspended.ok) return suspended;
    await step.tx.incident.update({ where: { id }, data: { paused: true } });
    await enter(step, id, "paused", "The agent was suspended.");
  }
  recordIncident(step, "incident.open", { id, agentId }, { source, severity, name: title, runId, paused });
  return ok({ id, paused });
}

async function isActive(step: Step, agentId: string): Promise<boolean> {
  const agent = await step.tx.agent.findUnique({ where: { id: agentId }, select: { status: true } });
  return agent?.status === "active";
}
