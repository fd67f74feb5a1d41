import { z } from "zod";

export const UNCLASSIFIED_SORTS = ["action", "requests", "agents", "firstAt", "lastAt"] as const;
export const UNCLASSIFIED_STATES = ["waiting", "dismissed"] as const;

/** What the queue of unclassified actions can be narrowed to and ordered by. Pages are numbered from 1. */
export const unclassifiedListSchema = z.object({
  q: z.string().max(200).default(""),
  state: z.enum(UNCLASSIFIED_STATES).default("waiting"),
  sort: z.enum(UNCLASSIFIED_SORTS).default("lastAt"),
  descending: z.boolean().default(true),
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(50),
});
export type UnclassifiedListParams = z.infer<typeof unclassifiedListSchema>;
