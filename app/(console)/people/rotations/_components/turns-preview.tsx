"use client";
import { Soon } from "@/components/domain/soon";
import { makeUseNow } from "@/components/ui/use-now";
import { turnsFrom, type Rotation } from "@/lib/rotations/on-call";

const useNow = makeUseNow(60_000);
const SHOWN = 4;

/** The next turns, as what is written now would give them. */
export function TurnsPreview({ plan, nameOf }: { plan: Rotation; nameOf: (personId: string) => string }) {
  const now = useNow();
  const turns = turnsFrom(plan, new Date(now), SHOWN);
  return (
    <section aria-label="Turns" aria-live="polite" className="rounded-md bg-surface-2 p-3 text-sm">
      {turns.length === 0 ? (
        <p className="text-muted">Nobody is on call yet: add who takes turns.</p>
      ) : (
        <ol className="flex flex-col gap-1">
          {turns.map((turn) => (
            <li key={turn.startsAt.getTime()} className="flex justify-between gap-3">
              <span className="truncate">{nameOf(turn.personId)}</span>
              <span className="text-muted">
                <Soon at={turn.startsAt} /> – <Soon at={turn.endsAt} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
