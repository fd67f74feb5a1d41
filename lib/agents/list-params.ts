import { z } from "zod";

import { TIERS } from "@/lib/agents/schemas";

export const AGENT_STATUSES = ["active", "suspended", "retired"] as const;
export const AGENT_SORTS = ["name", "team", "owner", "tier", "status", "runs", "denials", "cost", "seen"] as const;

export type AgentSort = (typeof AGENT_SORTS)[number];

/** What the list of agents can be narrowed to and ordered by. Pages are numbered from 1. */
export const agentListSchema = z.object({
  q: z.string().max(200).default(""),
  status: z.array(z.enum(AGENT_STATUSES)).default([]),
  tier: z.array(z.enum(TIERS)).default([]),
  /** Slug of a node: agents below it. */
  node: z.string().max(64).default(""),
  sort: z.enum(AGENT_SORTS).default("name"),
  descending: z.boolean().default(false),
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(50),
});

export type AgentListParams = z.infer<typeof agentListSchema>;
