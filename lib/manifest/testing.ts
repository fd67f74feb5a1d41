import type { CommandContext } from "@/lib/audit/change";
import type { Db } from "@/lib/db/client";
import "@/lib/db/testing";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { applyManifest, type ApplyOptions } from "@/lib/manifest/apply";
import { problemText } from "@/lib/manifest/parse";

/** The operator at the machine, as the CLI acts. */
export const operator = (db: Db, more: Partial<CommandContext> = {}): CommandContext => ({
  db,
  actor: { kind: "cli", id: "test" },
  clock: systemClock,
  newId,
  ...more,
});

/** Applies a manifest as the operator. Throws with every problem when it is refused. Returns ids by slug and by e-mail. */
export async function seed(db: Db, yaml: string, options: ApplyOptions = {}): Promise<Seeded> {
  const applied = await applyManifest(operator(db), yaml, options);
  if (!applied.ok) throw new Error(`seed: ${applied.error.code}: ${applied.error.message}`);
  if (applied.value.outcome === "refused")
    throw new Error(`seed:\n${applied.value.problems.map(problemText).join("\n")}`);
  const nodes = await db.node.findMany({ select: { id: true, slug: true } });
  const people = await db.person.findMany({ select: { id: true, email: true } });
  const ids = new Map([
    ...nodes.map((node) => [node.slug, node.id] as const),
    ...people.map((one) => [one.email, one.id] as const),
  ]);
  return {
    id: (name) => {
      const id = ids.get(name);
      if (id === undefined) throw new Error(`seed: nothing is called ${name}`);
      return id;
    },
  };
}

export interface Seeded {
  /** Of a node by slug, of a person by e-mail. */
  id(name: string): string;
}
