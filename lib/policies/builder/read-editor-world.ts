import { factSchema } from "@/lib/catalogue/schemas";
import type { Viewer } from "@/lib/auth/viewer";
import { actionTitle } from "@/lib/decisions/words";
import { Prisma } from "@/lib/db/generated/client";
import type { Json } from "@/lib/kernel/json";
import type { EditorAction, EditorWorld, NamedNode } from "@/lib/policies/builder/editor-world";
import { factFieldsOf } from "@/lib/policies/builder/fact-fields";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import type { People } from "@/lib/policies/reach";
import { readPeople } from "@/lib/policies/read-people";

const ACTIONS_MAX = 1_000;
const NODES_MAX = 2_000;
/** Runs whose facts say what the results of an action hold. */
const SAMPLED_RUNS = 300;

const NOBODY: People = { people: [], nodes: [], roles: [], rotations: [], agents: [] };
const NOTHING: EditorWorld = {
  actions: [],
  agents: [],
  nodes: [],
  people: [],
  rotations: [],
  reach: NOBODY,
  dataClasses: [],
  isPartial: false,
};

/**
 * What an editor of this policy's rules offers. Policies are the organisation's, and so is what their editor may name: only for
 * whoever writes them everywhere, empty for others. Of facts only names and types are read, never a value.
 */
export async function readEditorWorld(viewer: Viewer, rules: readonly DraftRule[]): Promise<EditorWorld> {
  if (!viewer.access.canEverywhere("policy.write")) return NOTHING;
  const { db } = viewer;
  const named = [...new Set(rules.flatMap((rule) => rule.match.actions))].filter((id) => !id.endsWith("*"));
  const [actions, nodes, people, samples, rotations, reach] = await Promise.all([
    db.$queryRaw<Omit<StoredAction, "factFields">[]>`
      SELECT action.id, action.title, action.kind::text AS kind, action.args, action.fact, action.rollback IS NOT NULL AS "hasRollback",
        action.data_classes AS "dataClasses",
        system.id AS "systemId", system.name AS "systemName"
      FROM action JOIN system ON system.id = action.system_id WHERE action.retired_at IS NULL
      ORDER BY action.id = ANY(${named}) DESC, action.id LIMIT ${ACTIONS_MAX + 1}`,
    db.node.findMany({
      where: { OR: [{ kind: { not: "agent" } }, { agent: { status: { not: "retired" } } }] },
      select: { slug: true, name: true, kind: true },
      orderBy: { name: "asc" },
      take: NODES_MAX + 1,
    }),
    db.person.findMany({
      where: { status: "active" },
      select: { email: true, name: true },
      orderBy: { name: "asc" },
      take: NODES_MAX + 1,
    }),
    sampledFacts(viewer),
    db.rotation.findMany({ select: { slug: true, name: true }, orderBy: { name: "asc" } }),
    readPeople(db),
  ]);
  const isPartial = actions.length > ACTIONS_MAX || nodes.length > NODES_MAX || people.length > NODES_MAX;
  const bySlug = (one: NamedNode): boolean => one.kind === "agent";
  return {
    actions: actions.slice(0, ACTIONS_MAX).map((action) => offered(action, samples.get(action.id) ?? [])),
    agents: nodes.filter(bySlug),
    nodes: nodes.filter((node) => !bySlug(node)),
    people,
    rotations,
    reach,
    dataClasses: [...new Set(actions.flatMap((action) => action.dataClasses))].toSorted(),
    isPartial,
  };
}

interface StoredAction {
  id: string;
  title: string | null;
  kind: EditorAction["kind"];
  hasRollback: boolean;
  args: Json;
  fact: Json;
  dataClasses: string[];
  systemId: string;
  systemName: string;
}

function offered(action: StoredAction, samples: readonly Json[]): EditorAction {
  const fact = factSchema.safeParse(action.fact);
  return {
    id: action.id,
    title: actionTitle(action.id, action.title),
    system: { id: action.systemId, name: action.systemName },
    kind: action.kind,
    hasRollback: action.hasRollback,
    args: action.args,
    fact: fact.success ? fact.data : null,
    factFields: factFieldsOf(samples),
  };
}

/** A few of the latest facts of each action. */
async function sampledFacts({ db }: Viewer): Promise<Map<string, Json[]>> {
  const rows = await db.$queryRaw<{ action: string; value: Json }[]>(Prisma.sql`
    SELECT action, value FROM (
      SELECT fact.action, fact.value, row_number() OVER (PARTITION BY fact.action ORDER BY fact.at DESC) AS place
      FROM (SELECT id FROM run ORDER BY started_at DESC LIMIT ${SAMPLED_RUNS}) recent
      JOIN run_fact fact ON fact.run_id = recent.id
    ) placed WHERE place <= 5 AND octet_length(value::text) < 65536`);
  const samples = new Map<string, Json[]>();
  for (const { action, value } of rows) {
    const list = samples.get(action);
    if (list) list.push(value);
    else samples.set(action, [value]);
  }
  return samples;
}
