import { CARD, type Placed } from "@/lib/agents/layout";

const MARGIN = 32;
/** Below this a card cannot be read: then the chart is cut and not made smaller. */
const SMALLEST = 0.45;
/** What one reads without effort: a chart begins no smaller, and is cut at its foot, and where it must be at its sides. */
const READABLE = 0.8;

interface View {
  x: number;
  y: number;
  zoom: number;
}

/** Where the view stands so that the chart is seen from its top: all of it, or the middle of a wide one around its topmost node. */
export function fitTop(placed: readonly Placed<unknown>[], width: number, height: number, smallest = SMALLEST): View {
  const left = Math.min(...placed.map((one) => one.x));
  const right = Math.max(...placed.map((one) => one.x + CARD.width));
  const bottom = Math.max(...placed.map((one) => one.y + CARD.height));
  const wide = (width - 2 * MARGIN) / (right - left);
  const zoom = Math.max(Math.min(wide, (height - 2 * MARGIN) / bottom, 1), smallest);
  const top = placed[0];
  const middle = wide < zoom && top ? top.x + CARD.width / 2 : (left + right) / 2;
  return { x: width / 2 - middle * zoom, y: MARGIN, zoom };
}

/** As `fitTop`, and large enough to be read. */
export const beginAt = (placed: readonly Placed<unknown>[], width: number, height: number): View =>
  fitTop(placed, width, height, READABLE);

/** Whether the whole card can be seen, and read. */
export function inView(
  one: Placed<unknown>,
  view: { x: number; y: number; zoom: number },
  width: number,
  height: number,
): boolean {
  const [left, top] = [one.x * view.zoom + view.x, one.y * view.zoom + view.y];
  const [right, bottom] = [left + CARD.width * view.zoom, top + CARD.height * view.zoom];
  return view.zoom >= SMALLEST && left >= 0 && top >= 0 && right <= width && bottom <= height;
}
