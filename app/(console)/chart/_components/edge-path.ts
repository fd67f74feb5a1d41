import { CARD } from "@/lib/agents/layout";

const RADIUS = 6;

interface Point {
  x: number;
  y: number;
}

/**
 * The way from the middle of a card's lower edge to a card below it, in right angles: down to the middle of the gap, across, and down
 * onto the card's upper edge, or along the left of its column and into its side. All lines from one card share their first part.
 * `twig`: both stand in one column, where the gap is small.
 */
export function edgePath(from: Point, to: Point, stacked: boolean, twig = false): string {
  const acrossY = from.y + (twig ? CARD.stackGapY : CARD.gapY) / 2;
  if (!stacked) return rounded([from, { x: from.x, y: acrossY }, { x: to.x, y: acrossY }, to]);
  const spineX = to.x - (twig ? CARD.twigIndent : CARD.indent) / 2;
  return rounded([from, { x: from.x, y: acrossY }, { x: spineX, y: acrossY }, { x: spineX, y: to.y }, to]);
}

/** An SVG path through these points with round corners. */
function rounded(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  const parts = rest.map((point, i) => {
    const before = points[i];
    const after = rest[i + 1];
    if (!before || !after) return `L${point.x} ${point.y}`;
    const radius = Math.min(RADIUS, distance(before, point) / 2, distance(point, after) / 2);
    const enter = towards(point, before, radius);
    const leave = towards(point, after, radius);
    return `L${enter.x} ${enter.y}Q${point.x} ${point.y} ${leave.x} ${leave.y}`;
  });
  return `M${first.x} ${first.y}${parts.join("")}`;
}

const distance = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

const towards = (from: Point, to: Point, by: number): Point => ({
  x: from.x + Math.sign(to.x - from.x) * by,
  y: from.y + Math.sign(to.y - from.y) * by,
});
