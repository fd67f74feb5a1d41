import { hashOf, type Json } from "@/lib/kernel/json";
import type { DraftRule } from "@/lib/policies/drafts/schemas";

/** What a draft's rules are, in one word: SHA-256 in hex over their canonical form. Equal rules in another order differ. */
export const rulesHash = (rules: readonly DraftRule[]): string =>
  hashOf(JSON.parse(JSON.stringify(rules)) as Json).toString("hex");
