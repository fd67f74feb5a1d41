import type { ASTNode } from "@marcbachmann/cel-js";

import { inZone, isZone } from "@/lib/kernel/zone";
import { charge } from "@/lib/policies/cel/meter";

/**
 * CEL's readings of a timestamp on the clock of a zone: `now.getHours("Europe/Berlin")`. The library's own go through a text and back in
 * the zone of the machine, which is wrong around its daylight saving; these stand in for them, as RE2 does for `matches`.
 */
const READINGS: Record<string, (clock: Date) => number> = {
  getFullYear: (clock) => clock.getUTCFullYear(),
  getMonth: (clock) => clock.getUTCMonth(),
  getDate: (clock) => clock.getUTCDate(),
  getDayOfMonth: (clock) => clock.getUTCDate() - 1,
  getDayOfWeek: (clock) => clock.getUTCDay(),
  getDayOfYear: (clock) => Math.floor((clock.getTime() - Date.UTC(clock.getUTCFullYear(), 0)) / 86_400_000),
  getHours: (clock) => clock.getUTCHours(),
  getMinutes: (clock) => clock.getUTCMinutes(),
  getSeconds: (clock) => clock.getUTCSeconds(),
  getMilliseconds: (clock) => clock.getUTCMilliseconds(),
};

/** What a conversion costs: about a microsecond, in units of the meter. */
const COST = 10;
const SUFFIX = "InZone";

/** Declaration and body of each, to be registered. */
export const ZONED_FUNCTIONS = Object.entries(READINGS).map(
  ([name, read]): [string, (instant: Date, zone: string) => bigint] => [
    `google.protobuf.Timestamp.${name}${SUFFIX}(string): int`,
    (instant, zone) => {
      charge(COST);
      return BigInt(read(inZone(instant, zone)));
    },
  ],
);

/** The name under which a call is run, when it is such a reading; null when it is none. */
export const zonedName = (name: string, argumentCount: number): string | null => {
  const base = name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : name;
  return argumentCount === 1 && Object.hasOwn(READINGS, base) ? `${base}${SUFFIX}` : null;
};

/** Why a zone is refused: it is the organisation's, or written out, so that one that does not exist is found when the rule is saved. */
export function zoneFault(zone: ASTNode | undefined): string | null {
  if (zone?.op === "." && zone.args[0].op === "id" && zone.args[0].args === "organisation") return null;
  if (zone?.op !== "value" || typeof zone.args !== "string")
    return 'a time zone is written out as a text such as "Europe/Berlin", or is organisation.timeZone';
  return isZone(zone.args) ? null : `there is no time zone ${JSON.stringify(zone.args)}`;
}
