import { TIERS } from "@/lib/tiers/matrices";

type Tier = (typeof TIERS)[number];

/** A tier as a word of its own: "Recommend". */
export const tierLabel = (tier: string): string => tier.charAt(0).toUpperCase() + tier.slice(1);

/** What each tier stands for, in a line; what it may in fact is the organisation's matrix. */
export const TIER_HINTS: Record<Tier, string> = {
  observe: "looks, and nothing else",
  recommend: "puts proposals before people",
  prepare: "readies the act; a person carries it out",
  escalate: "asks before each act",
  execute: "acts within its grants",
};
