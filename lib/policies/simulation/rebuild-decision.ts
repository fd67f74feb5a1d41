import type { Queries } from "@/lib/db/queries";
import type { SnapshotRows } from "@/lib/decisions/rows";
import type { ActionView } from "@/lib/decisions/views";
import { needsOf } from "@/lib/policies/simulation/configurations";
import { readStoredDecision } from "@/lib/policies/simulation/read-decisions";
import { readRuns } from "@/lib/policies/simulation/read-runs";
import { RunReplay, type Rebuilt } from "@/lib/policies/simulation/rebuild";
import { refusedByStanding } from "@/lib/policies/simulation/standing";
import type { StoredDecision } from "@/lib/policies/simulation/stored";

export interface RebuiltDecision extends Rebuilt {
  stored: StoredDecision;
  /** It was refused for how things stood at that moment, which no rule changes: deciding it anew leaves that out. */
  standing: boolean;
  /** An earlier value of a fact may be missing. */
  incomplete: boolean;
}

/**
 * One stored decision's request with what its run knew then; null when there is no such decision. Whoever asks has seen to it that
 * the viewer may see it. `rows` are the configuration to decide it under, best `withNobodyStopped`; `rules` those to be tried.
 */
export async function rebuildDecision(
  queries: Queries,
  id: string,
  rows: SnapshotRows,
  actions: ReadonlyMap<string, ActionView>,
  rules: readonly unknown[],
): Promise<RebuiltDecision | null> {
  const stored = await readStoredDecision(queries, id);
  if (!stored) return null;
  const justBefore = { runId: stored.runId, at: stored.at, id: stored.id };
  const runs = await readRuns(queries, [stored.runId], needsOf(rows, rules), {
    from: new Date(0),
    after: justBefore,
  });
  const past = runs.get(stored.runId);
  if (!past) return null;
  const rebuilt = new RunReplay(withoutItself(past, stored), actions).rebuild(stored);
  return rebuilt && { ...rebuilt, stored, standing: refusedByStanding(stored), incomplete: past.factsIncomplete };
}

/** What was counted up to the decision holds the decision itself. */
function withoutItself<P extends { before: readonly { action: string; effect: string; count: number }[] }>(
  past: P,
  { action, effect }: StoredDecision,
): P {
  const before = past.before.map((one) =>
    one.action === action && one.effect === effect ? { ...one, count: one.count - 1 } : one,
  );
  return { ...past, before: before.filter((one) => one.count > 0) };
}
