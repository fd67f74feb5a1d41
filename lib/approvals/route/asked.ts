import { decidersAt } from "@/lib/approvals/route/contacts";
import { foresee, type AskedNote } from "@/lib/approvals/route/foresee";
import { readDirectory } from "@/lib/approvals/route/read-directory";
import { storedSteps } from "@/lib/approvals/route/stored";
import { stateAt } from "@/lib/approvals/standing";
import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import { isId } from "@/lib/kernel/ids";

export interface AskedPerson {
  id: string;
  name: string;
  note: ShownNote | null;
}

/** As AskedNote, with names. */
export type ShownNote = Exclude<AskedNote, { kind: "in_place_of" }> | { kind: "in_place_of"; name: string };

/** Who is asked now and who comes next, in times that the page shows in the viewer's zone. */
export interface AskedView {
  now: AskedPerson[];
  next: { at: Date; people: AskedPerson[] }[];
  /** So many distinct people must approve. */
  quorum: number;
  /** So many could now. */
  can: number;
}

/** Whom an approval that waits asks; null when it waits no longer, or the viewer does not see it (I12). */
export async function askedOf(viewer: Viewer, approvalId: string): Promise<AskedView | null> {
  if (!isId(approvalId)) return null;
  const { db, access, clock } = viewer;
  const now = clock.now();
  const approval = await db.approval.findFirst({
    where: { id: approvalId, ...within(access, "approval.read", "agentId") },
    select: {
      agentId: true,
      state: true,
      risk: true,
      requestedAt: true,
      deadline: true,
      approverIds: true,
      excludedIds: true,
      askedIds: true,
      quorum: true,
      route: true,
    },
  });
  if (!approval || stateAt(approval.state, approval.deadline, now) !== "pending") return null;
  const directory = await readDirectory(db, now);
  const deciders = decidersAt(approval.agentId, directory);
  const waiting = { ...approval, steps: storedSteps(approval.route) };
  const seen = foresee(waiting, { directory, mayDecide: (id) => deciders.has(id) }, now);
  const nameOf = (id: string): string => directory.people.get(id)?.name ?? "Somebody";
  const named = ({ personId, note }: { personId: string; note: AskedNote | null }): AskedPerson => ({
    id: personId,
    name: nameOf(personId),
    note: note?.kind === "in_place_of" ? { kind: "in_place_of", name: nameOf(note.personId) } : note,
  });
  return {
    now: seen.now.map(named),
    next: seen.next.map(({ at, people }) => ({ at, people: people.map(named) })),
    quorum: approval.quorum,
    can: seen.can,
  };
}
