import { z } from "zod";

import { IMPACTS, KINDS, REVERSIBILITIES } from "@/lib/tiers/matrices";

export const ACTION_SORTS = ["id", "kind", "reversibility", "impact"] as const;

/** What the catalogue can be narrowed to and ordered by. Pages are numbered from 1. */
export const actionListSchema = z.object({
  q: z.string().max(200).default(""),
  system: z.array(z.string().max(64)).max(50).default([]),
  kind: z.array(z.enum(KINDS)).default([]),
  reversibility: z.array(z.enum(REVERSIBILITIES)).default([]),
  impact: z.array(z.enum(IMPACTS)).default([]),
  sort: z.enum(ACTION_SORTS).default("id"),
  descending: z.boolean().default(false),
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(50),
});

export type ActionListParams = z.infer<typeof actionListSchema>;
