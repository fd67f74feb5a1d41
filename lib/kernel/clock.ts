/** Where "now" and ids come from; commands take them as arguments so that tests and replays can fix them. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
