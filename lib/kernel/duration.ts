const UNITS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
const DURATION = /^(\d{1,6})([smhd])$/;

/** `30m`, `8h`, `2d`, `90s` in milliseconds; null for anything else. */
export function durationMs(text: string): number | null {
  const [, amount, unit] = DURATION.exec(text) ?? [];
  if (amount === undefined || !isUnit(unit)) return null;
  return Number(amount) * UNITS[unit] * 1_000;
}

const isUnit = (text: string | undefined): text is keyof typeof UNITS =>
  text !== undefined && Object.hasOwn(UNITS, text);
