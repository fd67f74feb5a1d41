import Link from "next/link";

import { ActorChip, type ShownActor } from "@/components/domain/actor-chip";
import type { AuditRow } from "@/lib/audit/queries";

const shown = ({ kind, id, name }: AuditRow["actor"]): ShownActor => {
  switch (kind) {
    case "person":
      return { kind: "person", name: name ?? "Somebody" };
    case "agent":
      return { kind: "agent", name: name ?? "An agent" };
    case "cli":
      return { kind: "system", name: id === null ? "Operator" : `Operator (${id})` };
    default:
      return { kind: "system", name: id === null ? "Remit" : `Remit (${id})` };
  }
};

/** Who did it, as records name them; leads to the person or agent where there is one. */
export function Actor({ actor, linked = true }: { actor: AuditRow["actor"]; linked?: boolean }) {
  const chip = <ActorChip actor={shown(actor)} />;
  if (!linked || actor.href === null) return chip;
  return (
    <Link href={actor.href} prefetch={false} className="rounded-sm underline-offset-4 hover:underline">
      {chip}
    </Link>
  );
}
