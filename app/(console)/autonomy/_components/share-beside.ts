import { formatPercent } from "@/components/ui/format/number";

/** A share in whole percent, or closer where it would look like the one that it misses. */
export function shareBeside(value: number, wanted: number, most: boolean): string {
  const text = formatPercent(value);
  const misses = most ? value > wanted : value < wanted;
  if (!misses || text !== formatPercent(wanted)) return text;
  return `${((most ? Math.ceil : Math.floor)(value * 1_000) / 10).toFixed(1)}%`;
}
