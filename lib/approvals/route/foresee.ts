import { reachedBy, type Contact, type Directory } from "@/lib/approvals/route/contacts";
import { proceed, type Around, type Waiting } from "@/lib/approvals/route/progress";
import { awayAt } from "@/lib/people/away";
import { onCallAt, turnsFrom } from "@/lib/rotations/on-call";

/** Why somebody is asked who is not simply the nearest, or what speaks against waiting for them. */
export type AskedNote =
  /** `until`: the handover to somebody else; null when none is foreseeable. */
  | { kind: "on_call"; rotation: string; until: Date | null }
  | { kind: "in_place_of"; personId: string }
  | { kind: "away"; until: Date | null };

interface Foreseen {
  now: { personId: string; note: AskedNote | null }[];
  /** Who is asked beside them, and when, if nobody decides. */
  next: { at: Date; people: { personId: string; note: AskedNote | null }[] }[];
  /** How many could approve now. Fewer than must: it cannot be approved as things stand. */
  can: number;
}

/** Pages show no more. */
const FORESEEN = 5;
const LOOKS = 30;

/** Follows the route of an approval that waits into the future, as the worker will follow it if nothing else changes. Pure. */
export function foresee(waiting: Waiting, around: Around, now: Date): Foreseen {
  const { mayDecide } = around;
  const people = (ids: readonly string[], steps: Waiting["steps"], at: Date) =>
    ids.map((personId) => ({ personId, note: noteOf(personId, steps, around, at) }));
  let progress = proceed(waiting, around, now);
  const next: Foreseen["next"] = [];
  const asked = people(progress.askedIds, progress.steps, now);
  for (let look = 0; look < LOOKS && progress.nextAt !== null && next.length < FORESEEN; look += 1) {
    const at = progress.nextAt;
    const before = new Set(progress.askedIds);
    progress = proceed({ ...waiting, ...progress }, around, at);
    const joining = progress.askedIds.filter((id) => !before.has(id));
    if (joining.length > 0) next.push({ at, people: people(joining, progress.steps, at) });
  }
  const can = waiting.approverIds.filter((id) => mayDecide(id) && !waiting.excludedIds.includes(id));
  return { now: asked, next, can: new Set([...can, ...asked.map((one) => one.personId)]).size };
}

function noteOf(
  personId: string,
  steps: Waiting["steps"],
  { directory, mayDecide }: Around,
  at: Date,
): AskedNote | null {
  const absence = awayAt(directory.away.get(personId) ?? [], at);
  if (absence) return { kind: "away", until: absence.endsAt };
  for (const contact of steps.filter((step) => step.at !== undefined).flatMap((step) => step.to)) {
    const onCall = onCallNote(contact, personId, directory, at);
    if (onCall) return onCall;
    if (!reachedBy(contact, directory, at, mayDecide).includes(personId)) continue;
    const named = "person" in contact ? contact.person : null;
    if (named !== null && named !== personId) return { kind: "in_place_of", personId: named };
  }
  return null;
}

function onCallNote(contact: Contact, personId: string, directory: Directory, at: Date): AskedNote | null {
  const rotation = "rotation" in contact ? directory.rotations.get(contact.rotation) : undefined;
  if (!rotation || onCallAt(rotation, at)?.personId !== personId) return null;
  const handover = turnsFrom(rotation, at, rotation.memberIds.length + 1).find((turn) => turn.personId !== personId);
  return { kind: "on_call", rotation: rotation.name, until: handover?.startsAt ?? null };
}
