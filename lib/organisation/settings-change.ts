import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { hashOf, type JsonObject } from "@/lib/kernel/json";
import { fail, ok } from "@/lib/kernel/result";
import { changeSettingsInput, type SettingsSection } from "@/lib/organisation/schemas";
import { settingsSchema } from "@/lib/tiers/settings";

/**
 * Replaces the named sections of the settings and leaves the others; a section that is named and not given is the built-in one again.
 * Binds the very next decision. Errors: `conflict` when somebody changed one of them since `basis` was read.
 */
export const changeSettings = command(changeSettingsInput, { rebindsDecisions: true }, async (step, input) => {
  const allowed = authorise(step, "organisation.write", null);
  if (!allowed.ok) return allowed;
  const row = await step.tx.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } });
  const stored = jsonOf(row.settings);
  if (input.basis !== undefined && input.basis !== settingsBasis(stored, input.sections))
    return fail("conflict", "Somebody changed these settings meanwhile. Look at them again.");
  const given = jsonOf(input.settings);
  const next: JsonObject = { ...stored };
  const before: JsonObject = {};
  const after: JsonObject = {};
  for (const section of input.sections) {
    delete next[section];
    if (given[section] !== undefined) next[section] = given[section];
    before[section] = stored[section] ?? null;
    after[section] = next[section] ?? null;
  }
  // Sections that an older version wrote are left as they are; what this one writes has been parsed.
  if (!settingsSchema.safeParse(next).success && settingsSchema.safeParse(stored).success)
    return fail("invalid_input", "These settings do not fit together.");
  await step.tx.configuration.updateMany({ where: { id: 1 }, data: { settings: next } });
  step.audit({
    action: "organisation.settings",
    subjectKind: "organisation",
    subjectId: "1",
    nodeId: null,
    detail: { before, after, reason: input.reason },
  });
  step.notify("catalogue", "agents");
  return ok(null);
});

/** Names the stored content of some sections, so that a change made on a page cannot undo what another page has saved meanwhile. */
export function settingsBasis(stored: unknown, sections: readonly SettingsSection[]): string {
  const settings = jsonOf(stored);
  return hashOf(sections.toSorted().map((section) => [section, settings[section] ?? null])).toString("hex");
}

function jsonOf(value: unknown): JsonObject {
  const json: unknown = JSON.parse(JSON.stringify(value ?? {}));
  return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as JsonObject) : {};
}
