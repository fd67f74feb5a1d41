import { ArrowRight, Clock3, UserRoundCheck, UsersRound } from "lucide-react";
import type { ReactNode } from "react";

import { Soon } from "@/components/domain/soon";
import { cn } from "@/components/ui/cn";
import type { AskedPerson, AskedView, ShownNote } from "@/lib/approvals/route/asked";
import type { Plain } from "@/lib/kernel/plain";

type Shown<T> = T | Plain<T>;

/** Who is asked now, who comes next and when, and how many must agree. Takes the view as it is read or as JSON. */
export function AskedNow({ asked, className }: { asked: Shown<AskedView>; className?: string }) {
  const { now, next, quorum, can } = asked;
  return (
    <div className={cn("flex flex-col gap-1.5 text-sm", className)}>
      <Line icon={<UserRoundCheck aria-hidden />} label="Asked now">
        {now.length === 0 ? <span className="text-deny-text">Nobody can be asked</span> : <People people={now} />}
      </Line>
      {next.map((step) => (
        <Line key={String(step.at)} icon={<ArrowRight aria-hidden />} label={<Soon at={step.at} />}>
          <People people={step.people} />
        </Line>
      ))}
      {(quorum > 1 || can < quorum) && (
        <Line icon={<UsersRound aria-hidden />} label="Needed">
          {quorum === 1 ? "One person" : `${quorum} different people`}
          {can < quorum && <span className="text-deny-text">, {can === 0 ? "nobody" : can} can</span>}
        </Line>
      )}
    </div>
  );
}

function Line({ icon, label, children }: { icon: ReactNode; label: ReactNode; children: ReactNode }) {
  return (
    <p className="flex items-start gap-2 [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-faint">
      {icon}
      <span className="w-24 shrink-0 text-muted">{label}</span>
      <span className="min-w-0">{children}</span>
    </p>
  );
}

/** More than these are a number. */
const SHOWN = 6;

function People({ people }: { people: readonly Shown<AskedPerson>[] }) {
  const more = people.length - SHOWN;
  return (
    <>
      {people.slice(0, SHOWN).map(({ id, name, note }, index) => (
        <span key={id}>
          {index > 0 && ", "}
          {name}
          {note && (
            <span className="text-muted">
              {" "}
              (<Note note={note} />)
            </span>
          )}
        </span>
      ))}
      {more > 0 && ` and ${more} more`}
    </>
  );
}

function Note({ note }: { note: Shown<ShownNote> }) {
  switch (note.kind) {
    case "on_call":
      return (
        <span title={note.rotation}>
          on call
          {note.until !== null && (
            <>
              {" "}
              until <Soon at={note.until} />
            </>
          )}
        </span>
      );
    case "in_place_of":
      return <>for {note.name}</>;
    case "away":
      return (
        <>
          <Clock3 aria-hidden className="mr-0.5 inline size-3" />
          away
          {note.until !== null && (
            <>
              {" "}
              until <Soon at={note.until} />
            </>
          )}
        </>
      );
  }
}
