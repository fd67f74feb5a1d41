import type { JsonObject } from "@/lib/kernel/json";

/** Details that say most about a record in one line, in this order. */
const TELLING = [
  "action",
  "code",
  "pattern",
  "name",
  "tier",
  "status",
  "state",
  "role",
  "version",
  "reason",
  "comment",
  "outcome",
  "events",
  "format",
  "streams",
  "records",
] as const;

const MAX_CHARACTERS = 160;

/** One line of what a record's detail says, for lists: `crm.update_account · tier_denies`. Empty when it says nothing in words. */
export function describeDetail(detail: JsonObject): string {
  const words = TELLING.flatMap((key) => {
    const value = detail[key];
    if (typeof value === "number") return [key === "version" ? `version ${value}` : counted(value, key)];
    return typeof value === "string" && value !== "" ? [value] : [];
  });
  const line = words.join(" · ");
  return line.length > MAX_CHARACTERS ? `${line.slice(0, MAX_CHARACTERS - 1)}…` : line;
}

/** `1 event`, `3 events`: the keys are plurals. */
const counted = (count: number, key: string): string => `${count} ${count === 1 ? key.replace(/s$/, "") : key}`;

/** Where the console shows a record's subject, or null where it has no page. */
export function subjectHref(
  subjectKind: string,
  subjectId: string,
  slug: string | null,
  detail: JsonObject,
): string | null {
  switch (subjectKind) {
    case "agent":
    case "credential":
    case "grant":
      return slug === null ? null : `/agents/${slug}`;
    case "promotion":
      return slug === null ? null : `/agents/${slug}/autonomy`;
    case "report":
      return `/autonomy/reports/${subjectId}`;
    case "unclassified":
      return `/catalogue/unclassified/${subjectId}`;
    case "approval":
      return `/approvals/${subjectId}`;
    case "review":
      return `/reviews/${subjectId}`;
    case "appeal":
      return `/approvals/appeals/${subjectId}`;
    case "incident":
      return `/incidents/${subjectId}`;
    case "run":
      return `/runs/${subjectId}`;
    case "decision":
      return typeof detail.runId === "string" ? `/decisions/${subjectId}` : null;
    case "person":
      return `/people/${subjectId}`;
    case "webhook":
      return `/settings/webhooks/${subjectId}`;
    case "action":
      return `/catalogue/${subjectId}`;
    case "policy":
      return `/policies/${subjectId}`;
    case "node":
    case "team":
      return slug === null ? null : `/chart?focus=${slug}`;
    default:
      return null;
  }
}
