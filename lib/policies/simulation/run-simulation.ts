import type { Queries } from "@/lib/db/queries";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import { loadSnapshotRows } from "@/lib/decisions/snapshot-rows";
import { matchesAction } from "@/lib/catalogue/match";
import { EarlierRules, needsOf, readEpochs } from "@/lib/policies/simulation/configurations";
import { differingRules } from "@/lib/policies/simulation/differ";
import {
  measure,
  readPage,
  readStoredDecision,
  type Cursor,
  type Range,
} from "@/lib/policies/simulation/read-decisions";
import { readRuns } from "@/lib/policies/simulation/read-runs";
import { RunReplay } from "@/lib/policies/simulation/rebuild";
import { Simulator, type SimulatorState } from "@/lib/policies/simulation/simulator";
import { withNobodyStopped, withRules } from "@/lib/policies/simulation/standing";
import type { StoredDecision } from "@/lib/policies/simulation/stored";
import { NOTHING, type Tally } from "@/lib/policies/simulation/tally";

/** Decisions that are read and decided at a time: some tens of milliseconds, then others of the process have their turn. */
const PAGE_SIZE = 500;

interface SimulationTask {
  policy: string;
  /** The draft's, as stored. */
  rules: unknown;
  range: Range;
  /** Where an interrupted one stood. */
  resume: SimulationState | null;
  /** Decisions that are read at a time; 500 unless told otherwise. */
  pageSize?: number;
}

/** What is needed to go on. */
export interface SimulationState extends SimulatorState {
  cursor: Cursor;
  /** Decisions that were passed, those outside the filter included. */
  passed: number;
  /** Of the configuration that it compares with: under another one it begins anew. */
  configVersion: bigint;
}

export interface Progress {
  /** Of the range. */
  total: number;
  passed: number;
  configVersion: bigint;
  /** Number of the policy's version that it is compared with; null when none is in force. */
  inForce: number | null;
  /** The state as of now: made when it is asked for. */
  state(): SimulationState;
}

/**
 * Runs a simulation over the store. It only reads, in short statements that hold no snapshot of the database between them: what
 * it reads is appended and never changed. After each page `report` says whether to go on.
 * @returns the counts, or null when it was told to stop.
 */
export async function runSimulation(
  queries: Queries,
  { policy, rules, range, resume: interrupted, pageSize = PAGE_SIZE }: SimulationTask,
  report: (progress: Progress) => Promise<"continue" | "stop">,
): Promise<Tally | null> {
  const rows = withNobodyStopped(await loadSnapshotRows(queries));
  const draft = withRules(rows, policy, rules);
  const inForce = rows.policies.find((one) => one.id === policy) ?? null;
  const configVersion = rows.configuration.version;
  const resume = interrupted?.configVersion === configVersion ? interrupted : null;
  const before = compileSnapshot(rows);
  const simulator = new Simulator(
    {
      policy,
      before,
      after: compileSnapshot(draft),
      differing: differingRules(inForce?.rules ?? [], rules),
      version: configVersion,
    },
    resume ?? undefined,
  );
  const progress = { configVersion, inForce: inForce?.version ?? null };
  const found = await measure(queries, range);
  if (!found) {
    const cursor = firstOf(NO_ID);
    const state = (): SimulationState => ({ ...simulator.state(), cursor, passed: 0, configVersion });
    return (await report({ ...progress, total: 0, passed: 0, state })) === "stop" ? null : NOTHING;
  }
  const earlier = new EarlierRules(queries, rows, before, await readEpochs(queries, range.from));
  const needs = needsOf(rows, [rules]);
  const sent = simulator.concern.patterns;

  let cursor = resume?.cursor ?? firstOf(found.firstRunId);
  let passed = resume?.passed ?? 0;
  let runId = resume ? cursor.runId : "";
  let replay: RunReplay | null = null;
  let incomplete = false;
  let reading = readAhead(queries, range, sent, cursor, pageSize);
  for (;;) {
    const page = await reading;
    const wanted = page.filter((one) => within(range, one) && simulator.needs(one));
    await earlier.prepare(wanted.map((one) => one.at));
    const runs = await readRuns(queries, unread(wanted, replay ? runId : null), needs, {
      from: range.from,
      ...(passed > 0 && { after: cursor }),
    });
    const last = page.at(-1);
    if (last) cursor = { runId: last.runId, at: last.at, id: last.id };
    const isLast = page.length < pageSize;
    // The database reads the next page while this one is decided.
    if (!isLast) reading = readAhead(queries, range, sent, cursor, pageSize);
    for (const decision of page) {
      if (decision.runId !== runId) {
        runId = decision.runId;
        replay = null;
        simulator.beginRun();
      }
      // The runs of the page were read up to its beginning, so that a replay begins with the run's first decision in it.
      const past = replay ? null : runs.get(runId);
      if (past) {
        replay = new RunReplay(past, before.actions);
        incomplete = past.factsIncomplete;
      }
      if (within(range, decision)) {
        if (replay && simulator.needs(decision)) {
          // A request that is too large for a page is read alone.
          const whole = decision.asked ? decision : await readStoredDecision(queries, decision.id);
          if (whole) simulator.take(whole, replay, earlier.at(decision.at), incomplete);
        } else simulator.pass(decision);
      }
      replay?.advance(decision);
    }
    passed += page.length;
    const state = (): SimulationState => ({ ...simulator.state(), cursor, passed, configVersion });
    if ((await report({ ...progress, total: found.total, passed, state })) === "stop") {
      await reading;
      return null;
    }
    if (isLast) return simulator.state().tally;
  }
}

/** A page that is awaited later: its failure is told then. */
function readAhead(...page: Parameters<typeof readPage>): ReturnType<typeof readPage> {
  const reading = readPage(...page);
  reading.catch(() => undefined);
  return reading;
}

const NO_ID = "00000000-0000-0000-0000-000000000000";

/** Before every decision of the run. */
const firstOf = (runId: string): Cursor => ({ runId, at: new Date(0), id: NO_ID });

/** Other actions of a run are passed all the same: they count towards what the run has used and read. */
const within = (range: Range, decision: StoredDecision): boolean =>
  range.action === null || matchesAction(range.action, decision.action);

const unread = (wanted: readonly StoredDecision[], known: string | null): string[] => [
  ...new Set(wanted.map((one) => one.runId).filter((id) => id !== known)),
];
