/** Chance that can be repeated: the same seed throws the same dice. */
export interface Dice {
  /** In [0, 1). */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  /** Dollars and cents, small amounts more often than large ones. */
  money(min: number, max: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** An identifier such as `ORD-48213`. */
  ref(prefix: string): string;
}

/** Mulberry32, by Tommy Ettinger (public domain): small and good enough for plausible work, never for secrets. */
export function rollDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    money: (min, max) => Math.round((min + (max - min) * next() ** 2.5) * 100) / 100,
    pick: (list) => list[int(0, list.length - 1)] ?? list[0],
    ref: (prefix) => `${prefix}-${int(10_000, 99_999)}`,
  };
}
