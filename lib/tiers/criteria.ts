import { z } from "zod";

const share = z.number().min(0, "must be at least 0").max(1, "must be at most 1");
const count = z.int("must be a whole number").min(0, "must be at least 0").max(1_000_000);

/** What an agent's record must show before it is ready for the next tier. Shares are from 0 to 1. */
export const criteriaSchema = z.strictObject({
  /** Days at its tier. */
  minDays: count.max(3_650),
  /** Live runs that ended, at its tier. */
  minRuns: count,
  /** Of these, the share that succeeded. */
  minSuccess: share,
  /** Of its decisions, the share that was denied. */
  maxDenied: share,
  /** Of its requests that a person decided, the share that was approved. */
  minApproved: share,
  /** Incidents at its tier. */
  maxIncidents: count,
});
export type AutonomyCriteria = z.infer<typeof criteriaSchema>;

/** A fortnight and fifty runs are enough to see a habit; one denial in twenty still leaves room for a rule that was meant for it. */
export const DEFAULT_CRITERIA: AutonomyCriteria = {
  minDays: 14,
  minRuns: 50,
  minSuccess: 0.95,
  maxDenied: 0.05,
  minApproved: 0.9,
  maxIncidents: 0,
};
