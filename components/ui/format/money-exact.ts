const MICROS_PER_USD = 1_000_000n;

/** Micro-USD (a bigint, or its decimal text) with all six decimals, for hover: "$1,234.004200". */
export function formatMicroUsdExact(amount: bigint | string): string {
  const micros = BigInt(amount);
  const size = micros < 0n ? -micros : micros;
  const dollars = String(size / MICROS_PER_USD).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${micros < 0n ? "-" : ""}$${dollars}.${String(size % MICROS_PER_USD).padStart(6, "0")}`;
}
