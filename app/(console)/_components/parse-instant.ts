import { createParser } from "nuqs/server";

const YEARS = /^(?:19[7-9]\d|[2-9]\d{3})-/;

/** An ISO time in the URL. What is none, or lies outside the years 1970 to 9999, counts as not given: the store takes no other. */
export const parseAsInstant = createParser<Date>({
  parse: (text) => {
    const instant = new Date(text);
    return YEARS.test(text) && !Number.isNaN(instant.getTime()) ? instant : null;
  },
  serialize: (instant) => instant.toISOString(),
  eq: (a, b) => a.getTime() === b.getTime(),
});
