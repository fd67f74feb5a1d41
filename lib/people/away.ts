/** A person is away from `startsAt` until before `endsAt`; without an end until they say that they are back. */
export interface Away {
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  /** Is asked in their place, where they may decide themselves. */
  readonly delegateId: string | null;
}

export type AwayBy = ReadonlyMap<string, readonly Away[]>;

export const awayAt = (absences: readonly Away[], now: Date): Away | null =>
  absences.find((one) => one.startsAt <= now && (one.endsAt === null || now < one.endsAt)) ?? null;

/**
 * Who is there in a person's place: they themselves, else their delegate, else that person's own; null when nobody is. Being named as a
 * delegate gives no authority: only those who pass `mayDecide` are taken, and a chain ends with the first who does not.
 */
export function presentFor(
  personId: string,
  away: AwayBy,
  now: Date,
  mayDecide: (personId: string) => boolean,
): string | null {
  const seen = new Set<string>();
  let next: string | null = personId;
  while (next !== null && !seen.has(next) && mayDecide(next)) {
    seen.add(next);
    const absence = awayAt(away.get(next) ?? [], now);
    if (absence === null) return next;
    next = absence.delegateId;
  }
  return null;
}

/** When the person next goes away or comes back; null: not foreseeable. */
export function nextChange(absences: readonly Away[], now: Date): Date | null {
  const coming = absences.flatMap((one) => [one.startsAt, one.endsAt]).filter((at) => at !== null && at > now);
  const times = coming.map((at) => (at === null ? Number.NaN : at.getTime()));
  return times.length === 0 ? null : new Date(Math.min(...times));
}
