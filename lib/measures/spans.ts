/** How many spans of time there are: `time_span` of the store tells in which one a time lies. */
export const SPANS = 64;
/** Spans an octave: each ends at 1.26 times its beginning, so that a percentile read from them is off by an eighth at most. */
const PER_OCTAVE = 3;

/** How often each span occurred; a span that is missing did not. */
export type Spans = ReadonlyMap<number, number>;

/** Where a span begins, in milliseconds. The first also holds everything below 1.26 s, the last everything from 24 days on. */
export const spanStartMs = (span: number): number => (span <= 0 ? 0 : 1_000 * 2 ** (span / PER_OCTAVE));

/** In which span a time lies; the same as in the store. */
export function spanOf(ms: number): number {
  if (ms < 1_260) return 0;
  return Math.min(SPANS - 1, Math.floor(PER_OCTAVE * Math.log2(ms / 1_000)));
}

const countOf = (spans: Spans): number => [...spans.values()].reduce((sum, count) => sum + count, 0);

/**
 * The time, in milliseconds, that a share (0 to 1) of the times did not pass: 0.5 is the median, 0.9 the 90th percentile. Within a span, times
 * are taken as evenly spread. Null for none.
 */
export function quantileMs(spans: Spans, share: number): number | null {
  const total = countOf(spans);
  if (total === 0) return null;
  const rank = Math.min(1, Math.max(0, share)) * total;
  let before = 0;
  for (const [span, count] of [...spans].toSorted(([a], [b]) => a - b)) {
    if (count > 0 && before + count >= rank) {
      const start = spanStartMs(span);
      return Math.round(start + ((rank - before) / count) * (spanStartMs(span + 1) - start));
    }
    before += count;
  }
  return spanStartMs(SPANS);
}
