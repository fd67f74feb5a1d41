import { TIERS } from "@/lib/tiers/matrices";

type Tier = (typeof TIERS)[number];

/** What each tier stands for, in a line; what it may in fact is the organisation's matrix. */
export const TIER_HINTS: Record<Tier, string> = {
  observe: "looks, and nothing else",
  recommend: "puts proposals before people",
  prepare: "readies the act; a person carries it out",
  escalate: "asks before each act",
  execute: "acts within its grants",
};

/** The tiers by growing autonomy, as a select offers them. */
export const TIER_OPTIONS = TIERS.map((value) => ({
  value,
  label: value.charAt(0).toUpperCase() + value.slice(1),
  hint: TIER_HINTS[value],
}));

/** The tier that a form says; the lowest for anything that is none. */
export const tierNamed = (text: string): Tier => TIERS.find((tier) => tier === text) ?? "observe";
