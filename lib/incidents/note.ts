import { command } from "@/lib/audit/command";
import { enter, incidentFor, recordIncident, RESOLVED } from "@/lib/incidents/record";
import { noteIncidentInput } from "@/lib/incidents/schemas";
import { ok } from "@/lib/kernel/result";

/** Adds what somebody found out to an open incident. Errors: `not_found`, `forbidden`, `conflict` once it is resolved. */
export const noteIncident = command(noteIncidentInput, {}, async (step, { incidentId, text }) => {
  const incident = await incidentFor(step, "incident.open", incidentId);
  if (!incident.ok) return incident;
  if (incident.value.state === "resolved") return RESOLVED;
  await enter(step, incidentId, "note", text);
  recordIncident(step, "incident.note", incident.value, { comment: text });
  return ok(null);
});
