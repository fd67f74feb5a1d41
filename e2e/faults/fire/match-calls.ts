import { groupBy } from "@/e2e/faults/fire/group-by";
import type { Call, Look, Press, Recorded, Use } from "@/e2e/faults/fire/history";

/** Which call each record comes from. */
export interface Matches {
  byRecord: ReadonlyMap<Recorded, Press | Use>;
  /** Acknowledged as done, and recorded nowhere. */
  unrecorded: readonly (Press | Use)[];
  /** Recorded in a person's or an agent's name, who never called for it. */
  uncalled: readonly Recorded[];
  looks: readonly Look[];
}

export const callOf = (matches: Matches, record: Recorded): Press | Use | undefined => matches.byRecord.get(record);

/**
 * Pairs records with the calls that they come from. A use is found by its decision. A press is found by person and verb, within its
 * time; one that was acknowledged comes before one without an answer, which may have been done or not.
 */
export function matchCalls(calls: readonly Call[], records: readonly Recorded[]): Matches {
  const uses = new Map(calls.flatMap((one) => (one.kind === "use" ? [[one.decisionId, one] as const] : [])));
  const presses = groupBy(
    calls.filter((one) => one.kind === "press").filter((one) => one.code === null || one.code === undefined),
    (one) => `${one.approvalId} ${one.by} ${one.verb}`,
  );
  const byRecord = new Map<Recorded, Press | Use>();
  const taken = new Set<Press | Use>();
  const uncalled: Recorded[] = [];
  for (const record of records) {
    if (record.kind === "cancel" || record.kind === "expire") continue;
    const call = record.kind === "redeem" ? uses.get(record.decisionId) : pressOf(record, presses, taken);
    if (call?.approvalId === record.approvalId) {
      byRecord.set(record, call);
      taken.add(call);
    } else uncalled.push(record);
  }
  const done = calls
    .filter((one) => one.kind !== "look")
    .filter((one) => (one.kind === "press" ? one.code === null : one.effect === "allow"));
  return {
    byRecord,
    unrecorded: done.filter((one) => !taken.has(one)),
    uncalled,
    looks: calls.filter((one) => one.kind === "look"),
  };
}

function pressOf(
  record: Extract<Recorded, { by: string }>,
  presses: ReadonlyMap<string, readonly Press[]>,
  taken: ReadonlySet<Press | Use>,
): Press | undefined {
  const fitting = (presses.get(`${record.approvalId} ${record.by} ${record.kind}`) ?? []).filter(
    (one) => !taken.has(one) && one.fromMs <= record.atMs && record.atMs <= one.toMs,
  );
  return fitting.find((one) => one.code === null) ?? fitting[0];
}
