import { quantileMs, type Spans } from "@/lib/measures/spans";

/** An approval that takes less than this says little about what was approved. */
export const QUICK_SECONDS = 5;
/** Approvals with a known time that are needed before anything is said about quick ones: with fewer, chance speaks. */
export const TIMED_NEEDED = 10;

/** What came of approvals. */
export interface Counts {
  approved: number;
  rejected: number;
  expired: number;
  cancelled: number;
  /** Something later spoke against what was decided. */
  overturned: number;
  /** Approvals for which it is known how long somebody spent with the evidence. */
  timed: number;
  /** Of these, how many took less than five seconds. */
  quick: number;
}

interface Tally extends Counts {
  /** From the request to the word of a person. */
  waits: Spans;
  /** With the evidence, where somebody approved. */
  spent: Spans;
}

/** What a page shows of a tally. */
export interface TallyRow extends Counts {
  decided: number;
  all: number;
  /** Of what people decided, the share that they approved; null where they decided nothing. */
  approvalRate: number | null;
  medianMs: number | null;
  p90Ms: number | null;
  medianSpentMs: number | null;
  /** Share of approvals under five seconds; null while too few are timed. */
  quickShare: number | null;
}

export const NO_COUNTS: Counts = {
  approved: 0,
  rejected: 0,
  expired: 0,
  cancelled: 0,
  overturned: 0,
  timed: 0,
  quick: 0,
};

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

export function rowOf({ waits, spent, ...counts }: Tally): TallyRow {
  const decided = counts.approved + counts.rejected;
  return {
    ...counts,
    decided,
    all: decided + counts.expired + counts.cancelled,
    approvalRate: share(counts.approved, decided),
    medianMs: quantileMs(waits, 0.5),
    p90Ms: quantileMs(waits, 0.9),
    medianSpentMs: quantileMs(spent, 0.5),
    quickShare: counts.timed < TIMED_NEEDED ? null : share(counts.quick, counts.timed),
  };
}

/**
 * Whether a reviewer's approvals deserve a second look: nearly all are approved, and half of them within five seconds. It judges nobody: low
 * risk in bulk looks the same.
 */
export const looksUnread = ({ approvalRate, quickShare, decided }: TallyRow): boolean =>
  decided >= 20 && approvalRate !== null && approvalRate >= 0.95 && quickShare !== null && quickShare >= 0.5;
