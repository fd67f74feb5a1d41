/** One count: how many of `series` fell into the bucket that begins at `at` (ISO time or epoch milliseconds). */
export interface CountPoint {
  at: string | number;
  series: string;
  count: number;
}

export interface SeriesRow {
  /** Start of the bucket, epoch milliseconds. */
  atMs: number;
  /** By series id; every series has a number in every row. */
  counts: Readonly<Record<string, number>>;
  total: number;
}

interface SeriesInput {
  points: readonly CountPoint[];
  series: readonly string[];
  /** The first bucket begins here; the last one before `toMs`. */
  fromMs: number;
  toMs: number;
  bucketMs: number;
}

/** More buckets than this cannot be told apart on a screen. */
const MAX_BUCKETS = 500;

/**
 * Sparse counts to one row per bucket with zeros filled in, so that a quiet hour is drawn as quiet and not left out.
 * Points outside the range or of unknown series are dropped; several in one bucket are added.
 */
export function prepareSeries({ points, series, fromMs, toMs, bucketMs }: SeriesInput): SeriesRow[] {
  if (!(bucketMs > 0) || !(toMs > fromMs)) return [];
  const length = Math.min(MAX_BUCKETS, Math.ceil((toMs - fromMs) / bucketMs));
  const rows = Array.from({ length }, () => Object.fromEntries(series.map((id): [string, number] => [id, 0])));
  for (const point of points) {
    const row = rows[Math.floor((new Date(point.at).getTime() - fromMs) / bucketMs)];
    const before = row?.[point.series];
    if (row !== undefined && before !== undefined) row[point.series] = before + point.count;
  }
  return rows.map((counts, index) => ({
    atMs: fromMs + index * bucketMs,
    counts,
    total: series.reduce((sum, id) => sum + (counts[id] ?? 0), 0),
  }));
}

/** The sum of each series over the whole range, for a legend or a sentence. */
export function seriesTotals(rows: readonly SeriesRow[], series: readonly string[]): Record<string, number> {
  return Object.fromEntries(series.map((id) => [id, rows.reduce((sum, row) => sum + (row.counts[id] ?? 0), 0)]));
}
