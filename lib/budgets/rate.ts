/**
 * Limits of how often may be asked, as the generic cell rate algorithm (GCRA, ITU-T I.371): a bucket is one time, the theoretical
 * arrival time of the request after those that were admitted. A bucket at rest admits `limit` at once; after that one for each
 * interval of `period / limit`. In any window of w it admits at most `limit + w / interval`.
 */
export interface Rate {
  /** Requests, at least 1. */
  readonly limit: number;
  readonly periodMs: number;
}

/** The theoretical arrival time in microseconds of the Unix epoch; 0 is a bucket at rest. */
export type TatUs = number;
export const AT_REST: TatUs = 0;

export type Admission =
  | { readonly admitted: true; readonly tatUs: TatUs }
  | { readonly admitted: false; readonly tatUs: TatUs; readonly retryAfterMs: number };

/** What a refused request costs, as a share of an admitted one. */
const REFUSED = 4;

/** Rounded up, so that the limit is never exceeded. */
const intervalUs = ({ limit, periodMs }: Rate): number => Math.ceil((periodMs * 1_000) / limit);

/**
 * Whether a bucket takes one more request at `nowMs`, and the bucket afterwards.
 *
 * A refused request is not free: it takes a quarter of an interval, so that who asks on and on without waiting is admitted less often,
 * and one who asks four times faster than the limit, not at all. It can not lock itself out either: refusals alone never fill a bucket
 * beyond what admitted requests can, so that one interval after the last request, whatever came before, the next is admitted.
 * `retryAfterMs` is never longer than that interval.
 *
 * A clock that is set back does not close a bucket for longer than it would be open: a time that no admission can have left counts as full.
 */
export function admit(tatUs: TatUs, nowMs: number, rate: Rate): Admission {
  const nowUs = nowMs * 1_000;
  const interval = intervalUs(rate);
  const full = nowUs + interval * rate.limit;
  const before = Math.min(Math.max(tatUs, nowUs), full);
  const after = before + interval;
  if (after <= full) return { admitted: true, tatUs: after };
  const refused = Math.min(before + Math.ceil(interval / REFUSED), full);
  return { admitted: false, tatUs: refused, retryAfterMs: Math.ceil((refused + interval - full) / 1_000) };
}

const PERIODS: ReadonlyMap<string, number> = new Map([
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);
const RATE = /^([1-9]\d{0,8})\/([smhd])$/;

/** As people write one: `60/m`, `1000/h`; null for anything else. */
export function parseRate(text: string): Rate | null {
  const [, limit, unit = ""] = RATE.exec(text) ?? [];
  const periodMs = PERIODS.get(unit);
  return periodMs === undefined ? null : { limit: Number(limit), periodMs };
}
