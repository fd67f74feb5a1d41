import { formatCount } from "@/components/ui/format/number";

/** What U does while so many of the latest act, and so many from before it, can still be taken back. */
export function undoWords(latest: number, before: number): string | undefined {
  const others = before > 0 ? `, then the ${formatCount(before)} before` : "";
  if (latest > 1) return `U takes them back one by one${others}`;
  return before > 0 ? `U takes it back${others}` : undefined;
}
