import { ROLES, roleAllows } from "@/lib/auth/permissions";
import type { Viewer } from "@/lib/auth/viewer";
import { canSeePerson, loadStanding, mayAdminister } from "@/lib/people/authority";
import { peopleInSight } from "@/lib/people/sight";

export interface AbsenceView {
  id: string;
  startsAt: Date;
  endsAt: Date | null;
  delegate: string | null;
  /** It has begun. */
  isNow: boolean;
}

export interface Absences {
  rows: AbsenceView[];
  /** The viewer may say when they are away. */
  mayWrite: boolean;
  /** Who can stand in; only for those who may write. */
  delegates: { id: string; name: string; email: string }[];
}

const DELEGATES_MAX = 2_000;

/** When a person is away from now on; null when the viewer does not see them (I12). */
export async function absencesOf(viewer: Viewer, personId: string): Promise<Absences | null> {
  const { db, access, clock } = viewer;
  const person = await loadStanding(db, personId);
  if (!person || !canSeePerson(access, person)) return null;
  const mayWrite = viewer.person.id === personId || mayAdminister(access, person);
  const now = clock.now();
  const deciding = ROLES.filter((role) => roleAllows(role, "approval.decide"));
  const [rows, delegates] = await Promise.all([
    db.absence.findMany({
      where: { personId, OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
      orderBy: { startsAt: "asc" },
      take: 50,
      select: { id: true, startsAt: true, endsAt: true, delegate: { select: { name: true } } },
    }),
    mayWrite
      ? db.person.findMany({
          where: {
            AND: [
              peopleInSight(access),
              { status: "active", id: { not: personId }, roles: { some: { role: { in: deciding } } } },
            ],
          },
          orderBy: { name: "asc" },
          take: DELEGATES_MAX,
          select: { id: true, name: true, email: true },
        })
      : [],
  ]);
  return {
    rows: rows.map(({ delegate, ...row }) => ({
      ...row,
      delegate: delegate?.name ?? null,
      isNow: row.startsAt <= now,
    })),
    mayWrite,
    delegates,
  };
}
