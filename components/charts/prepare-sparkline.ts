const round = (value: number) => Math.round(value * 100) / 100;

/**
 * The path of a line through the values in a `width` × `height` box (y grows downward), and of the area below it. The scale
 * begins at zero, so that a small wobble does not look like a crash. One value is a flat line; none is no path.
 */
export function prepareSparkline(
  values: readonly number[],
  width: number,
  height: number,
): { line: string; area: string } | null {
  const first = values[0];
  if (first === undefined) return null;
  const points = values.length === 1 ? [first, first] : values;
  const max = Math.max(...points, 0);
  const at = points.map((value, index) => {
    const x = (index / (points.length - 1)) * width;
    const y = max === 0 ? height : height - (Math.max(0, value) / max) * height;
    return `${round(x)},${round(y)}`;
  });
  const line = `M${at.join("L")}`;
  return { line, area: `${line}L${width},${height}L0,${height}Z` };
}
