"use client";
import { createContext, type ReactNode, use, useEffect, useSyncExternalStore } from "react";
import { TIME_ZONE_COOKIE } from "./time-zone-cookie";

const TimeZoneContext = createContext("UTC");
const YEAR_S = 31_536_000;

const never = () => () => undefined;
const browserTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * Times are shown in the viewer's zone. The server learns it from a cookie that the browser sets on its first visit,
 * so that from the second page on even the server's HTML is right and nothing jumps.
 */
export function TimeZoneProvider({ initial, children }: { initial: string; children: ReactNode }) {
  const timeZone = useSyncExternalStore(never, browserTimeZone, () => initial);
  useEffect(() => {
    if (timeZone === initial) return;
    document.cookie = `${TIME_ZONE_COOKIE}=${encodeURIComponent(timeZone)}; path=/; max-age=${YEAR_S}; samesite=lax`;
  }, [timeZone, initial]);
  return <TimeZoneContext value={timeZone}>{children}</TimeZoneContext>;
}

/** The zone that a person has chosen for themselves, over that of the browser. */
export function FixedTimeZone({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  return <TimeZoneContext value={timeZone}>{children}</TimeZoneContext>;
}

export function useTimeZone(): string {
  return use(TimeZoneContext);
}
