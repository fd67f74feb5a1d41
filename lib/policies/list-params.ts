import { z } from "zod";

export const POLICY_SORTS = ["name", "rules", "hits", "published"] as const;
/** `draft`: has one. `retired` ones are listed only when asked for. */
export const POLICY_STATES = ["in_force", "draft", "retired"] as const;

/** What the list of policies can be narrowed to and ordered by. Pages are numbered from 1. */
export const policyListSchema = z.object({
  q: z.string().max(200).default(""),
  state: z.array(z.enum(POLICY_STATES)).default([]),
  sort: z.enum(POLICY_SORTS).default("name"),
  descending: z.boolean().default(false),
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(50),
});
export type PolicyListParams = z.infer<typeof policyListSchema>;
