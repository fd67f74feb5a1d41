import { accessOf } from "@/lib/auth/access";
import { coveredChart } from "@/lib/auth/access-now";
import type { Role } from "@/lib/auth/permissions";
import type { Viewer } from "@/lib/auth/viewer";
import type { Db } from "@/lib/db/client";
import type { Clock } from "@/lib/kernel/clock";
import { isId } from "@/lib/kernel/ids";

/** What the session cookie says. It is a claim: the database says whether it still holds. */
export interface SessionClaims {
  personId: string;
  sessionEpoch: number;
}

/**
 * The person behind the claims with what they may do now, or null when the session is dead: the person is gone or disabled,
 * or the epoch has risen since (password changed, disabled). Asked on every request, so an end takes effect at once.
 */
export async function loadViewer(
  services: { db: Db; clock: Clock; newId(): string },
  claims: SessionClaims,
): Promise<Viewer | null> {
  if (!isId(claims.personId)) return null;
  const { db } = services;
  const person = await db.person.findUnique({
    where: { id: claims.personId },
    select: {
      id: true,
      email: true,
      name: true,
      timeZone: true,
      status: true,
      sessionEpoch: true,
      roles: { select: { role: true, nodeId: true } },
    },
  });
  if (!person || person.status !== "active" || person.sessionEpoch !== claims.sessionEpoch) return null;
  const { roles, status: _status, sessionEpoch: _epoch, ...shown } = person;
  return {
    ...services,
    actor: { kind: "person", id: person.id },
    access: accessOf(person.id, roles satisfies { role: Role; nodeId: string }[], await coveredChart(db, roles)),
    person: shown,
  };
}
