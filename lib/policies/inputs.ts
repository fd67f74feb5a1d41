import { z } from "zod";

import { label } from "@/lib/agents/schemas";
import { rulesSchema, slugSchema } from "@/lib/policies/schemas";

export const publishPolicyInput = z.strictObject({
  id: slugSchema,
  name: label,
  rules: rulesSchema,
  /** Why it changed, for who reads the history. */
  note: z.string().trim().min(1).max(500).nullable().default(null),
});
export const retirePolicyInput = z.strictObject({
  id: slugSchema,
  reason: z.string().trim().min(1, "needs a reason").max(2_000).nullable().default(null),
});
