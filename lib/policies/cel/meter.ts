/**
 * The work that the conditions of one decision may do in comprehensions. The library meters nothing, and a rule that loops over
 * arguments of a mebibyte, or doubles a list as it goes, would stop the gate. One unit is one step of a loop, 64 characters of a
 * text or 16 elements of a list that a step touches: about a tenth of a microsecond, so that the default is some milliseconds.
 */
const DEFAULT_BUDGET = 50_000;

/** Made once: it is thrown in loops, and a stack would cost more than the step. */
const EXHAUSTED = new Error("the rules loop too often over this request");

let left = DEFAULT_BUDGET;

/** Gives the conditions that follow a new budget. Evaluation is synchronous, so that one is enough. */
export function refill(units = DEFAULT_BUDGET): void {
  left = units;
}

/** Whether it has run out: an answer that was found all the same, by ignoring the error, does not count. */
export const isExhausted = (): boolean => left < 0;

export function charge(units: number): void {
  left -= units;
  if (left < 0) throw EXHAUSTED;
}

/** Refuses a loop over more than what is left before its first step. */
export function reserve(steps: number): void {
  if (steps <= left) return;
  left = -1;
  throw EXHAUSTED;
}

/** What touching a value costs. */
export function weigh(value: unknown): number {
  if (typeof value === "string") return value.length >> 6;
  return Array.isArray(value) ? value.length >> 4 : 0;
}
