import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDeskOn, type Desk } from "@/e2e/api/desk-testing";
import { until } from "@/e2e/api/gate-process";
import { dice } from "@/e2e/faults/dice";
import { entries, startLoad, type Load } from "@/e2e/faults/load-testing";
import {
  account,
  HUNG_MS,
  newPlace,
  replace,
  start,
  status,
  unhung,
  whenUp,
  type Place,
  type Started,
} from "@/e2e/faults/start-testing";
import { verifyStreams } from "@/lib/audit/verify-streams";
import { createDb } from "@/lib/db/client";
import { createPool } from "@/lib/db/connect";
import { embeddedUrls } from "@/lib/db/embedded";
import { ensureBuilt } from "@/lib/server/build";
import { signal } from "@/lib/server/processes";

/** Another order and other moments than in the last release are one number away. */
const SEED = 20_261_121;
const AGENTS = 6;
const KILLS = ["gate", "postgres", "worker", "gate", "postgres", "gate", "worker", "postgres"] as const;

let place: Place;
let remit: Started;
let desk: Desk;

beforeAll(async () => {
  await ensureBuilt(() => undefined);
  place = await newPlace();
  remit = start(place);
  await whenUp(remit, place);
  const urls = embeddedUrls(place.home);
  if (!urls) throw new Error("the database is not there");
  desk = await createDeskOn(urls);
}, 4 * HUNG_MS);
afterAll(async () => {
  try {
    await unhung("closing connections", desk.close(), place, remit);
    signal(remit.pid, "SIGTERM");
    await unhung("the stop", remit.ended, place, remit);
  } finally {
    place.clear();
  }
}, 3 * HUNG_MS);

/** The same organisation where its database lies now. */
async function reconnected(): Promise<Desk> {
  const urls = embeddedUrls(place.home);
  if (!urls) throw new Error("the database is not there");
  await unhung("closing connections to the old database", desk.close(), place, remit);
  const pool = createPool(urls.runtimeUrl, { applicationName: "remit test" });
  const db = createDb(pool);
  const database = { ...desk.database, ...urls, pool, db, close: () => pool.end() };
  return { ...desk, database, context: { ...desk.context, db }, close: () => pool.end() };
}

const counted = <T extends string>(values: Iterable<T>): T[] => [...values].toSorted();

/** Waits until the load has got so far, or has failed. */
async function progress(load: Load, more: number): Promise<void> {
  const goal = entries(load.journal) + more;
  await until(
    () => {
      load.check();
      return entries(load.journal) >= goal;
    },
    HUNG_MS,
    () => `did agents get from ${goal - more} to ${goal} answers: ${entries(load.journal)}\n${account(place, remit)}`,
  );
}

describe(
  "I1, I2, I10: gate, worker, database and in the end everything are killed while agents work",
  // Whatever hangs is told by a bound of its own.
  { timeout: 8 * HUNG_MS },
  () => {
    it("everything that was acknowledged is there, once, and nothing else", async () => {
      const random = dice(SEED);
      const load = startLoad(() => desk, `http://127.0.0.1:${place.gatePort}`, AGENTS);
      for (const name of KILLS) {
        await progress(load, 20 + Math.floor(random() * 60));
        await replace(place, name, remit);
      }
      // All at once, as when the machine goes down.
      await progress(load, 20 + Math.floor(random() * 60));
      signal(remit.pid, "SIGKILL");
      await unhung("the end of what was killed", remit.ended, place, remit);
      remit = start(place);
      await whenUp(remit, place);
      desk = await reconnected();
      await progress(load, 60);
      await unhung("the last runs", load.finish(), place, remit);
      expect(await status(place.gatePort, "/api/v1/ready")).toBe(200);

      const { journal } = load;
      const { db } = desk.database;
      const [runs, decisions, events, approvals, records] = await Promise.all([
        db.run.findMany(),
        db.decision.findMany(),
        db.event.findMany({ select: { runId: true, id: true } }),
        db.approval.findMany(),
        db.auditRecord.findMany({ select: { action: true, subjectId: true } }),
      ]);
      expect(counted(runs.map((run) => run.id))).toEqual(counted(journal.runs.keys()));
      expect(counted(decisions.map((one) => one.id))).toEqual(counted(journal.decisions.keys()));
      expect(decisions.map(({ id, runId, effect }) => ({ id, runId, effect }))).toEqual(
        decisions.map(({ id }) => ({ id, ...journal.decisions.get(id) })),
      );
      expect(counted(events.map((event) => `${event.runId} ${event.id}`))).toEqual(counted(journal.events));
      expect(counted(approvals.map((one) => one.id))).toEqual(counted(journal.approved));
      expect(approvals.every((one) => one.state === "approved" && one.redeemedAt !== null)).toBe(true);
      const redemptions = decisions.flatMap(({ id, redeemedApprovalId }) =>
        redeemedApprovalId === null ? [] : [`${id} ${redeemedApprovalId}`],
      );
      expect(counted(redemptions)).toEqual(counted([...journal.redeemed].map(([id, approval]) => `${id} ${approval}`)));

      // What runs say of themselves is what lies there.
      for (const run of runs) {
        const own = decisions.filter((one) => one.runId === run.id);
        const reported = journal.runs.get(run.id);
        expect(run).toMatchObject({
          status: "succeeded",
          decisions: own.length,
          denials: own.filter((one) => one.effect === "deny").length,
          escalations: own.filter((one) => one.effect === "escalate").length,
          events: events.filter((event) => event.runId === run.id).length,
          ...reported,
        });
      }

      // Each has exactly one record, in a chain that verifies.
      const recorded = (action: RegExp): string[] =>
        counted(records.filter((one) => action.test(one.action)).map((one) => one.subjectId));
      expect(recorded(/^decision\./)).toEqual(counted(journal.decisions.keys()));
      expect(recorded(/^run\.start$/)).toEqual(counted(journal.runs.keys()));
      expect(recorded(/^run\.complete$/)).toEqual(counted(journal.completed));
      expect(recorded(/^approval\.approve$/)).toEqual(counted(journal.approved));
      expect((await verifyStreams(db)).faults).toEqual([]);
    });
  },
);
