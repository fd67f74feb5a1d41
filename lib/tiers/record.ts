import { z } from "zod";

import type { AutonomyCriteria } from "@/lib/tiers/criteria";
import { TIERS } from "@/lib/tiers/matrices";

type Tier = (typeof TIERS)[number];

const count = z.int().min(0);

/** What an agent did at its tier, as a promotion is asked for and decided on. Live runs only. */
export const recordSchema = z.object({
  tier: z.enum(TIERS),
  /** The version that it is now, and how many it had at this tier. */
  version: count,
  versions: count,
  /** Since when it has had this tier, or since when runs are counted where that is long ago. */
  since: z.iso.datetime(),
  at: z.iso.datetime(),
  runs: z.object({ succeeded: count, failed: count, blocked: count, halted: count, lost: count }),
  decisions: z.object({ made: count, denied: count, escalated: count }),
  approvals: z.object({ approved: count, rejected: count, expired: count }),
  incidents: count,
});
export type AutonomyRecord = z.infer<typeof recordSchema>;

const DAY_MS = 86_400_000;

export const daysOf = (record: AutonomyRecord): number =>
  Math.max(0, Math.floor((Date.parse(record.at) - Date.parse(record.since)) / DAY_MS));

/** Runs that ended, however. */
export const endedOf = ({ runs }: AutonomyRecord): number =>
  runs.succeeded + runs.failed + runs.blocked + runs.halted + runs.lost;

const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Of the runs that ended, the share that succeeded. A run that stopped because it needed a person (blocked) did not fail, nor succeed. */
export const successOf = (record: AutonomyRecord): number | null => shareOf(record.runs.succeeded, endedOf(record));
export const deniedOf = ({ decisions }: AutonomyRecord): number | null => shareOf(decisions.denied, decisions.made);
/** Of the requests that a person decided, the share that was approved; those that expired say nothing about the agent. */
export const approvedOf = ({ approvals }: AutonomyRecord): number | null =>
  shareOf(approvals.approved, approvals.approved + approvals.rejected);

/** One thing that a record must show. */
export interface Criterion {
  id: keyof AutonomyCriteria;
  /** Null: there is nothing to judge by, which stands in nobody's way beside `minRuns`. */
  value: number | null;
  wanted: number;
  met: boolean;
}

/** How the record stands against what is asked, in the order in which people read it. */
export function readiness(record: AutonomyRecord, criteria: AutonomyCriteria): Criterion[] {
  const atLeast = (id: keyof AutonomyCriteria, value: number | null): Criterion => ({
    id,
    value,
    wanted: criteria[id],
    met: value === null || value >= criteria[id],
  });
  const atMost = (id: keyof AutonomyCriteria, value: number | null): Criterion => ({
    id,
    value,
    wanted: criteria[id],
    met: value === null || value <= criteria[id],
  });
  return [
    atLeast("minDays", daysOf(record)),
    atLeast("minRuns", endedOf(record)),
    atLeast("minSuccess", successOf(record)),
    atMost("maxDenied", deniedOf(record)),
    atLeast("minApproved", approvedOf(record)),
    atMost("maxIncidents", record.incidents),
  ];
}

/** Ready is who meets all of it and has run at least once: an empty record is no record. */
export const isReady = (record: AutonomyRecord, criteria: AutonomyCriteria): boolean =>
  endedOf(record) > 0 && readiness(record, criteria).every((criterion) => criterion.met);

/** The tier after this one in order of trust; null at the top. */
export const nextTier = (tier: Tier): Tier | null => TIERS[TIERS.indexOf(tier) + 1] ?? null;

/** The tiers below, the nearest first. */
export const lowerTiers = (tier: Tier): Tier[] => TIERS.slice(0, TIERS.indexOf(tier)).toReversed();
