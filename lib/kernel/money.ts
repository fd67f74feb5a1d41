/** Money is an integer number of millionths of a US dollar. */
export type MicroUsd = bigint;

const MICRO = 1_000_000;

/** Dollars as sent by a client to micro-USD, rounded half away from zero. Throws a RangeError for what is no finite amount below 1e9 dollars. */
export function microUsd(dollars: number): MicroUsd {
  if (!Number.isFinite(dollars) || Math.abs(dollars) > 1e9) throw new RangeError("microUsd: not an amount");
  return BigInt(Math.sign(dollars) * Math.round(Math.abs(dollars) * MICRO));
}

/** Micro-USD to dollars, for charts and JSON; exact below 9e9 dollars. */
export const usd = (amount: MicroUsd): number => Number(amount) / MICRO;

/**
 * For people: `$1,234.50`; amounts below a cent keep up to six decimals (`$0.0042`), zero is `$0.00`.
 * Takes the bigint or its decimal text, as it crosses to the browser.
 */
export function formatMicroUsd(amount: MicroUsd | string): string {
  const value = BigInt(amount);
  const size = value < 0n ? -value : value;
  const digits = size !== 0n && size < 10_000n ? 6 : 2;
  const text = new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  }).format(usd(size));
  return value < 0n ? `-${text}` : text;
}
