const whole = new Intl.NumberFormat("en-GB");
const compact = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });

/** "12,345" */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** "12.3k": for narrow places; show the exact number on hover. */
export function formatCompact(value: number): string {
  return compact.format(value).toLowerCase();
}

/** "87%" of a share between 0 and 1; shares that are not quite none or all never round to them. */
export function formatPercent(share: number): string {
  if (!Number.isFinite(share)) return "–";
  const percent = share * 100;
  if (percent > 0 && percent < 1) return "<1%";
  if (percent > 99 && percent < 100) return ">99%";
  return `${Math.round(percent)}%`;
}

/** "1 run", "2 runs", "1,200 runs". */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}
