const MINUTE_MS = 60_000;

/** How long something has waited so far: from, and below, in milliseconds. */
export const AGES = [
  { id: "5m", label: "Under 5 minutes", fromMs: 0, toMs: 5 * MINUTE_MS },
  { id: "30m", label: "5 to 30 minutes", fromMs: 5 * MINUTE_MS, toMs: 30 * MINUTE_MS },
  { id: "2h", label: "30 minutes to 2 hours", fromMs: 30 * MINUTE_MS, toMs: 120 * MINUTE_MS },
  { id: "8h", label: "2 to 8 hours", fromMs: 120 * MINUTE_MS, toMs: 480 * MINUTE_MS },
  { id: "1d", label: "8 hours to a day", fromMs: 480 * MINUTE_MS, toMs: 1_440 * MINUTE_MS },
  { id: "more", label: "Over a day", fromMs: 1_440 * MINUTE_MS, toMs: null },
] as const;
export type AgeId = (typeof AGES)[number]["id"];
export const AGE_IDS = AGES.map((age) => age.id) as [AgeId, ...AgeId[]];
