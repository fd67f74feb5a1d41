import { z } from "zod";

import type { RuleText } from "@/lib/decisions/decision-detail";
import type { StoredRuleOutcome } from "@/lib/decisions/stored-checks";

/** The rules of one published policy version, as stored. */
export interface PublishedRules {
  policyId: string;
  number: number;
  rules: unknown;
  policy: { name: string };
}

// Only what is shown; the whole shape is lib/policies/schemas.ts, and a version published under an older one must still be readable.
const textSchema = z.object({ id: z.string(), when: z.string().nullish(), message: z.string().nullish() });

/** Joins what rules did with what they say. A rule whose text is gone keeps its outcome. */
export function ruleTexts(outcomes: readonly StoredRuleOutcome[], versions: readonly PublishedRules[]): RuleText[] {
  return outcomes.map((outcome) => {
    const version = versions.find((one) => one.policyId === outcome.policy && one.number === outcome.version);
    const rules = Array.isArray(version?.rules) ? (version.rules as unknown[]) : [];
    const text = rules
      .map((rule) => textSchema.safeParse(rule))
      .find((parsed) => parsed.success && parsed.data.id === outcome.rule)?.data;
    return {
      ...outcome,
      policyName: version?.policy.name ?? null,
      when: text?.when ?? null,
      message: text?.message ?? null,
    };
  });
}
