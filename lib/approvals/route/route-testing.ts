import type { Directory } from "@/lib/approvals/route/contacts";
import { directoryOf } from "@/lib/approvals/route/directory";
import type { Role } from "@/lib/auth/permissions";
import type { AbsenceRow, RotationRow } from "@/lib/decisions/rows";
import { node } from "@/lib/decisions/sample";

export const START = new Date("2026-11-21T12:00:00Z");
/** START, moved by minutes. */
export const minute = (minutes: number): Date => new Date(START.getTime() + minutes * 60_000);

/** A desk (agent) in support, below the root. Ana manages support, Ben and Cyd review it, Dan is admin, Eve audits everything. */
export function office(
  more: { absences?: AbsenceRow[]; rotations?: RotationRow[]; disabled?: string[] } = {},
): Directory {
  const binding = (personId: string, role: Role, nodeId: string) => ({ personId, role, nodeId });
  return directoryOf({
    people: ["ana", "ben", "cyd", "dan", "eve"].map((id) => ({
      id,
      email: `${id}@example.com`,
      name: id,
      status: more.disabled?.includes(id) ? "disabled" : "active",
    })),
    nodes: [
      node("root", null, "team", "root"),
      node("support", "root", "team", "support"),
      node("desk", "support", "agent", "desk"),
    ],
    bindings: [
      binding("ana", "manager", "support"),
      binding("ben", "reviewer", "support"),
      binding("cyd", "reviewer", "support"),
      binding("dan", "admin", "root"),
      binding("eve", "auditor", "root"),
    ],
    rotations: more.rotations ?? [],
    absences: more.absences ?? [],
  });
}

export const rotation = (memberIds: string[], more: Partial<RotationRow> = {}): RotationRow => ({
  slug: "night",
  name: "Night",
  memberIds,
  shiftLength: 1,
  shiftUnit: "hours",
  handoverMinute: 0,
  zone: "UTC",
  startsOn: "2026-11-21",
  overrides: [],
  ...more,
});

export const away = (
  personId: string,
  from: number,
  to: number | null,
  delegateId: string | null = null,
): AbsenceRow => ({
  personId,
  startsAt: minute(from),
  endsAt: to === null ? null : minute(to),
  delegateId,
});
