import { durationMs } from "@/lib/kernel/duration";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import type { PolicyTemplate, TemplateFit, TemplateParameter } from "@/lib/policies/templates/templates";

/** Why a typed value does not do, in a few words; null when it does. */
export function parameterFault({ kind }: TemplateParameter, text: string): string | null {
  const value = text.trim();
  const number = value === "" ? Number.NaN : Number(value);
  switch (kind) {
    case "amount":
      return number >= 0 && number <= 1e12 ? null : "an amount, such as 500";
    case "count":
      return Number.isInteger(number) && number >= 0 && number <= 1e9 ? null : "a whole number";
    case "percent":
      return number >= 0 && number <= 100 ? null : "a number from 0 to 100";
    case "hour":
      return Number.isInteger(number) && number >= 0 && number <= 24 ? null : "a full hour from 0 to 24";
    case "duration":
      return (durationMs(value) ?? 0) >= 1_000 ? null : "a duration such as 30m, 8h or 2d";
    case "domain":
      return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(value) ? null : "a domain such as example.com";
    case "dataClass":
      return /^[\w.-]{1,64}$/.test(value) ? null : "a data class of the catalogue, such as pii";
    case "person":
      return value === "" || /^[^\s@]+@[^\s@]+$/.test(value) ? null : "an e-mail address";
  }
}

/** Values as the template begins with them. */
export const initialValues = (template: PolicyTemplate): Record<string, string> =>
  Object.fromEntries(template.parameters.map(({ key, initial }) => [key, initial]));

/**
 * The rules that a template makes for these actions: one for all whose condition reads the same, so that each sees its arguments by their
 * schema. Values that do not hold give no rules; say `parameterFault` of them first.
 */
export function fillTemplate(
  template: PolicyTemplate,
  fits: readonly TemplateFit[],
  given: Readonly<Record<string, string>>,
): DraftRule[] {
  if (template.parameters.some((one) => parameterFault(one, given[one.key] ?? "") !== null)) return [];
  const values = Object.fromEntries(template.parameters.map(({ key }) => [key, (given[key] ?? "").trim()]));
  const byCondition = new Map<string, string[]>();
  for (const { action, subject } of fits) {
    const condition = template.condition(subject, values) ?? "";
    byCondition.set(condition, [...(byCondition.get(condition) ?? []), action]);
  }
  return [...byCondition].map(([when, actions], index) => ({
    id: index === 0 ? template.id : `${template.id}-${index + 1}`,
    description: template.description,
    match: { actions },
    ...(when === "" ? {} : { when }),
    ...template.outcome(values),
  }));
}
