import { z } from "zod";

import type { Json, JsonObject } from "@/lib/kernel/json";

/** One check of a stored trace, as shown. Names and outcomes stay open text: a later version may have written ones that this one does not know. */
export interface StoredCheck {
  check: string;
  outcome: string;
  code: string;
  message: string;
  saw: JsonObject;
  answered: boolean;
  rules: StoredRuleOutcome[];
}

export interface StoredRuleOutcome {
  policy: string;
  version: number;
  rule: string;
  effect: string;
  matched: boolean;
  error: string | null;
}

const ruleSchema = z.object({
  policy: z.string(),
  version: z.number(),
  rule: z.string(),
  effect: z.string(),
  matched: z.boolean(),
  error: z.string().nullish(),
});

const checkSchema = z.object({
  check: z.string(),
  outcome: z.string(),
  code: z.string().catch(""),
  message: z.string().catch(""),
  saw: z.record(z.string(), z.json()).catch({}),
  answered: z.boolean().catch(false),
  rules: z.array(ruleSchema).catch([]),
});

/** The trace of a stored decision; entries that cannot be read are left out. Never throws. */
export function storedChecks(stored: Json): StoredCheck[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((one) => {
    const parsed = checkSchema.safeParse(one);
    if (!parsed.success) return [];
    const rules = parsed.data.rules.map((rule) => ({ ...rule, error: rule.error ?? null }));
    return [{ ...parsed.data, saw: parsed.data.saw as JsonObject, rules }];
  });
}

/** The checks that asked for or refused something, in the order in which they ran: why it did not simply go ahead. */
export const decisiveChecks = (checks: readonly StoredCheck[]): StoredCheck[] =>
  checks.filter((check) => check.outcome === "deny" || check.outcome === "escalate" || check.outcome === "review");
