import type { Zone } from "@/lib/policies/builder/model";
import { quoted } from "@/lib/policies/builder/quoted";

const ORGANISATION = "organisation.timeZone";
const NAMED = /^"([^"\\]+)"$/;

/** The zone that the argument of `getHours(…)` names; null for one that rows do not offer. */
export function zoneOf(argument: string | undefined): Zone | null {
  if (argument === undefined) return null;
  if (argument === "") return { kind: "utc" };
  if (argument === ORGANISATION) return { kind: "organisation" };
  const name = NAMED.exec(argument)?.[1];
  return name === undefined ? null : { kind: "named", name };
}

/** The argument that names a zone. */
export function zoneText(zone: Zone): string {
  switch (zone.kind) {
    case "named":
      return quoted(zone.name);
    case "organisation":
      return ORGANISATION;
    case "utc":
      return "";
  }
}
