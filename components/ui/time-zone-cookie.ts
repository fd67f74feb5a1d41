export const TIME_ZONE_COOKIE = "remit-tz";

/** The zone that a cookie's value names; UTC when it is absent or names none. */
export function timeZoneFrom(cookie: string | undefined): string {
  if (cookie === undefined) return "UTC";
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: decodeURIComponent(cookie) }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
