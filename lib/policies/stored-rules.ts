import { ruleSchema, type Rule } from "@/lib/policies/schemas";

/** A stored rule that this Remit cannot read. While its version is in force, the gate denies everything by it (see compileRules). */
export interface UnreadableRule {
  /** Its place among the rules, from 1. */
  place: number;
  /** What is wrong with it: a path and a sentence. */
  why: string;
  /** As stored; null for whoever does not see the whole organisation, since it may name anybody. */
  text: string | null;
}

interface StoredRules {
  rules: Rule[];
  unreadable: UnreadableRule[];
}

/** Rules as they were published, and those that an older Remit wrote and this one cannot read. Never throws. */
export function readStoredRules(stored: unknown): StoredRules {
  const read: StoredRules = { rules: [], unreadable: [] };
  for (const [index, one] of (Array.isArray(stored) ? stored : [stored]).entries()) {
    const rule = ruleSchema.safeParse(one);
    if (rule.success) read.rules.push(rule.data);
    else {
      const [issue] = rule.error.issues;
      const why = issue ? [issue.path.join("."), issue.message].filter((part) => part !== "").join(": ") : "not a rule";
      read.unreadable.push({ place: index + 1, why, text: JSON.stringify(one, null, 2) ?? "nothing" });
    }
  }
  return read;
}
