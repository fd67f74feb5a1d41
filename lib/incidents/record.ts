import type { Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import type { Permission } from "@/lib/auth/permissions";
import { isId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";
import type { EntryKind } from "@/lib/incidents/views";

const NO_INCIDENT = fail("not_found", "There is no such incident.");
export const RESOLVED = fail("conflict", "This incident is resolved.");

interface IncidentNow {
  id: string;
  agentId: string;
  state: "open" | "resolved";
  title: string;
  agentStatus: "active" | "suspended" | "retired";
}

/** The incident under its row lock, for whoever may do this on its agent; a foreign one does not exist (invariant I12). */
export async function incidentFor(
  step: Step,
  permission: Permission,
  incidentId: string,
): Promise<Result<IncidentNow>> {
  if (!isId(incidentId)) return NO_INCIDENT;
  await step.tx.$queryRaw`SELECT 1 FROM incident WHERE id = ${incidentId}::uuid FOR UPDATE`;
  const incident = await step.tx.incident.findUnique({
    where: { id: incidentId },
    select: { id: true, agentId: true, state: true, title: true, agent: { select: { status: true } } },
  });
  if (!incident) return NO_INCIDENT;
  const allowed = authorise(step, permission, incident.agentId);
  if (!allowed.ok) return allowed.error.code === "not_found" ? NO_INCIDENT : allowed;
  const { agent, ...rest } = incident;
  return ok({ ...rest, agentStatus: agent.status });
}

/** Adds a line to the incident's timeline. */
export async function enter(
  step: Step,
  incidentId: string,
  kind: EntryKind,
  text: string,
  runId: string | null = null,
): Promise<void> {
  const { kind: actorKind, id: actorId } = step.actor;
  await step.tx.incidentEntry.create({
    data: { id: step.newId(), incidentId, at: step.now, kind, actorKind, actorId, text, runId },
  });
}

/** The audit entry of a step, and what live pages listen to. */
export function recordIncident(
  step: Step,
  action: "incident.open" | "incident.note" | "incident.see" | "incident.resolve",
  incident: { id: string; agentId: string },
  detail: JsonObject,
): void {
  step.audit({
    action,
    subjectKind: "incident",
    subjectId: incident.id,
    nodeId: incident.agentId,
    detail: { agentId: incident.agentId, ...detail },
  });
  step.notify("incidents", `incident:${incident.id}`);
}
