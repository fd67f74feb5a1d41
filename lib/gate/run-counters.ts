import type { Counter } from "@/lib/budgets/envelope";
import type { Snapshot } from "@/lib/decisions/types";
import type { Gate } from "@/lib/gate/gate";
import type { RunEntry } from "@/lib/gate/run-entry";

/** What others spent may be so old when a run is told how it stands. */
const WITHIN_MS = 1_000;

/** The envelopes that bind a run, for what it is told with reports and heartbeats. @throws Problem `unavailable` */
export const countersFor = (gate: Gate, entry: RunEntry, snapshot: Snapshot, now: Date): Promise<readonly Counter[]> =>
  gate.guard.wait(gate.envelopes.countersOf(entry, snapshot, now, WITHIN_MS));
