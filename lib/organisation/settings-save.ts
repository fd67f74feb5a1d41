import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import type { JsonObject } from "@/lib/kernel/json";
import { ok } from "@/lib/kernel/result";
import { saveSettingsInput } from "@/lib/organisation/schemas";

/** Replaces what differs from the built-in tier and reversibility matrices, deadlines and limits. Binds the very next decision. */
export const saveSettings = command(saveSettingsInput, { rebindsDecisions: true }, async (step, { settings }) => {
  const allowed = authorise(step, "organisation.write", null);
  if (!allowed.ok) return allowed;
  const stored = await step.tx.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } });
  await step.tx.configuration.updateMany({ where: { id: 1 }, data: { settings } });
  const before: JsonObject = JSON.parse(JSON.stringify(stored.settings ?? {}));
  const after: JsonObject = JSON.parse(JSON.stringify(settings));
  step.audit({
    action: "organisation.settings",
    subjectKind: "organisation",
    subjectId: "1",
    nodeId: null,
    detail: { before, after },
  });
  return ok(null);
});
