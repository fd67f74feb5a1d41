import { z } from "zod";

import { id } from "@/lib/agents/schemas";
import { SEVERITIES } from "@/lib/incidents/views";

const words = (max: number) =>
  z.string().trim().min(1, "must not be empty").max(max, `must have at most ${max} characters`);

export const openIncidentInput = z.strictObject({
  agentId: id,
  runId: id.optional(),
  title: words(200),
  severity: z.enum(SEVERITIES),
  /** What was seen. */
  note: words(4_000).optional(),
  /** Suspend the agent in the same moment. */
  pause: z.boolean(),
});

export const noteIncidentInput = z.strictObject({ incidentId: id, text: words(4_000) });

export const resolveIncidentInput = z.strictObject({
  incidentId: id,
  cause: words(4_000),
  /** Let the agent act again, where it is suspended. */
  resume: z.boolean(),
});

export const resolveConflictInput = z.strictObject({ conflictId: id, note: words(2_000) });
