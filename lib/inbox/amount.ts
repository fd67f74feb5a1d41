import type { Json } from "@/lib/kernel/json";

const AMOUNT = /(^|_)(amount|total|price|cost|value|sum|fee|refund|budget|limit)(_|$)/;
const CURRENCY = /^(currency|currency_code|unit)$/;
const CODE = /^[A-Za-z]{3}$/;
/** `amount_eur`, `totalUsd`. */
const IN_KEY = /_(usd|eur|gbp|chf|jpy|sek|dkk|nok|pln|aud|cad|inr|cny)$/;
const COUNT = /(^|_)(count|quantity|records|rows|recipients|seats|days|hours)(_|$)/;

/**
 * How much an action is about, for a line: the argument that is named like money, with its currency where one is told, else one that is
 * named like a number of things. Null when none is, or it is no number. It is the agent's text: show it as text only.
 */
export function amountOf(args: Json): string | null {
  if (typeof args !== "object" || args === null || Array.isArray(args)) return null;
  const entries = Object.entries(args).map(([key, value]) => ({ key: words(key), value: numberOf(value) }));
  const money = entries.find(({ key, value }) => value !== null && AMOUNT.test(key));
  if (money) return [shownMoney(money.value), currencyOf(money.key, args)].filter(Boolean).join(" ");
  const count = entries.find(({ key, value }) => value !== null && COUNT.test(key));
  return count ? `${shown(count.value)} ${nounOf(count.key)}`.trim() : null;
}

/** `record_count` → "records". */
function nounOf(key: string): string {
  const noun = key.replaceAll("_", " ").replace(/ ?count$/, "");
  return noun === "" || noun.endsWith("s") ? noun : `${noun}s`;
}

/** `refundAmount` → `refund_amount`. */
const words = (key: string): string => key.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();

function numberOf(value: Json | undefined): number | null {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  return typeof value === "string" && /^-?\d{1,15}(\.\d{1,6})?$/.test(value) ? Number(value) : null;
}

/** Money as it is read: whole, or with two digits behind the point ("131.70") and what smaller ones there are. */
const shownMoney = (value: number | null): string =>
  (value ?? 0).toLocaleString("en", {
    minimumFractionDigits: Number.isInteger(value ?? 0) ? 0 : 2,
    maximumFractionDigits: 6,
  });

const shown = (value: number | null): string => (value ?? 0).toLocaleString("en", { maximumFractionDigits: 2 });

function currencyOf(key: string, args: { [key: string]: Json }): string | null {
  const told = Object.entries(args).find(
    ([name, value]) => CURRENCY.test(words(name)) && typeof value === "string",
  )?.[1];
  if (typeof told === "string" && CODE.test(told)) return told.toUpperCase();
  return IN_KEY.exec(key)?.[1]?.toUpperCase() ?? null;
}
