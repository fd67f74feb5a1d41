import type { Viewer } from "@/lib/auth/viewer";
import type { Json } from "@/lib/kernel/json";
import type { Mapping } from "@/lib/rollbacks/mapping";
import { argumentsOf, mappingFault, mappingInForce } from "@/lib/rollbacks/mapping-fault";

/** How an action of the catalogue is undone. */
export interface RollbackOfAction {
  action: string;
  /** Null: it is not in the catalogue. */
  system: { id: string; name: string; called: boolean } | null;
  mapping: Mapping;
  /** Why nobody can order it. */
  fault: string | null;
}

/** The rollback of an action that the viewer has read; null when the catalogue names none. */
export async function rollbackOfAction(
  { db }: Viewer,
  action: { args: Json; rollback: string | null; rollbackArgs: Json },
): Promise<RollbackOfAction | null> {
  const { rollback } = action;
  if (rollback === null) return null;
  const target = await db.action.findUnique({
    where: { id: rollback },
    select: {
      args: true,
      retiredAt: true,
      system: { select: { id: true, name: true, receiver: { select: { id: true } } } },
    },
  });
  const [from, to] = [argumentsOf(action.args), argumentsOf((target?.args ?? null) as Json)];
  const mapping = mappingInForce(action.rollbackArgs, from, to);
  if (!target) return { action: rollback, system: null, mapping, fault: `${rollback} is not in the catalogue` };
  const { id, name, receiver } = target.system;
  return {
    action: rollback,
    system: { id, name, called: receiver !== null },
    mapping,
    fault: target.retiredAt === null ? mappingFault(mapping, from, to) : `${rollback} is retired`,
  };
}
