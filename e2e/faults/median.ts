/** The middle one of an odd number of values: what a stalled moment of the machine does to one or two of them does not move it. */
export function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[(values.length - 1) / 2];
  if (middle === undefined) throw new Error("an odd number of values is needed");
  return middle;
}
