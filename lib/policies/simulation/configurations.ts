import type { Queries } from "@/lib/db/queries";
import type { PolicyRow, SnapshotRows } from "@/lib/decisions/rows";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import type { Snapshot } from "@/lib/decisions/types";
import type { Json, JsonObject } from "@/lib/kernel/json";
import { epochAt, epochsOf, isInForce, type Epoch } from "@/lib/policies/simulation/epochs";
import type { Needs } from "@/lib/policies/simulation/read-runs";

/** Configurations of earlier rules that are held at once: decisions come nearly in the order of time. */
const HELD = 3;

/** The configuration as it is, with the rules that were in force at other times. */
export class EarlierRules {
  private readonly held = new Map<Epoch, Snapshot>();

  constructor(
    private readonly queries: Queries,
    private readonly rows: SnapshotRows,
    private readonly current: Snapshot,
    private readonly epochs: readonly Epoch[],
  ) {}

  /** Reads and compiles what these moments need. */
  async prepare(moments: readonly Date[]): Promise<void> {
    const needed = new Set(moments.map((at) => epochAt(this.epochs, at.getTime())));
    for (const epoch of this.held.keys()) {
      if (this.held.size <= HELD) break;
      if (!needed.has(epoch)) this.held.delete(epoch);
    }
    for (const epoch of needed) {
      if (this.held.has(epoch)) continue;
      this.held.set(epoch, isInForce(this.rows.policies, epoch) ? this.current : await this.compile(epoch));
    }
  }

  /** The configuration of a moment that was prepared. */
  at(moment: Date): Snapshot {
    return this.held.get(epochAt(this.epochs, moment.getTime())) ?? this.current;
  }

  private async compile(epoch: Epoch): Promise<Snapshot> {
    return compileSnapshot({ ...this.rows, policies: await readVersions(this.queries, epoch.versions) });
  }
}

async function readVersions(queries: Queries, versions: Epoch["versions"]): Promise<PolicyRow[]> {
  const { rows } = await queries.query<PolicyRow>(
    `SELECT v.policy_id AS id, v.number AS version, v.rules FROM policy_version AS v
      JOIN unnest($1::text[], $2::int[]) AS wanted (policy, number) ON v.policy_id = wanted.policy AND v.number = wanted.number`,
    [versions.map((one) => one.policy), versions.map((one) => one.version)],
  );
  return rows;
}

/** The times between publications and retirements from a moment on. */
export async function readEpochs(queries: Queries, from: Date): Promise<Epoch[]> {
  const { rows: published } = await queries.query<{ policy: string; version: number; at: Date }>(
    `SELECT policy_id AS policy, number AS version, created_at AS at FROM policy_version AS v
      WHERE created_at >= $1 OR number = (SELECT max(number) FROM policy_version WHERE policy_id = v.policy_id AND created_at < $1)`,
    [from],
  );
  const { rows: retired } = await queries.query<{ policy: string; at: Date }>(
    `SELECT id AS policy, retired_at AS at FROM policy WHERE retired_at IS NOT NULL`,
  );
  return epochsOf(published, retired, from);
}

/**
 * What of a run's past the rules can read: looked for in their texts, so that a rule that does not name it cannot depend on it.
 * `rules` are all that take part, those of grants too.
 */
export function needsOf(rows: SnapshotRows, rules: readonly unknown[]): Needs {
  const texts = JSON.stringify([rules, rows.policies.map((one) => one.rules), rows.grants.map((one) => one.condition)]);
  const definitions = rows.actions.flatMap(({ id, fact }): [string, JsonObject][] =>
    isObject(fact) ? [[id, fact]] : [],
  );
  return {
    facts: texts.includes("facts") ? new Map(definitions) : null,
    usage: texts.includes("usage"),
    classes: texts.includes("dataClasses"),
  };
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
