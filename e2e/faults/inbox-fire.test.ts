import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startGateProcess, until, type GateProcess } from "@/e2e/api/gate-process";
import { ConsoleClient, consoleAction } from "@/e2e/faults/console-client";
import { dice } from "@/e2e/faults/dice";
import { workAs } from "@/e2e/faults/fire/agent";
import { checkHistory } from "@/e2e/faults/fire/check-history";
import { Gates } from "@/e2e/faults/fire/gates";
import { Journal } from "@/e2e/faults/fire/journal";
import { agents, APPROVALS, FULL, MANIFEST, PASSWORD, requestsOf, reviewers } from "@/e2e/faults/fire/organisation";
import { readHistory } from "@/e2e/faults/fire/read-history";
import { reviewAs } from "@/e2e/faults/fire/reviewer";
import { startWebProcess, type WebProcess } from "@/e2e/faults/web-process";
import { startWorkerProcess, type WorkerProcess } from "@/e2e/faults/worker-process";
import { createCredential } from "@/lib/agents/credential-create";
import { inOneChange } from "@/lib/audit/command";
import { verifyStreams } from "@/lib/audit/verify-streams";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { ok } from "@/lib/kernel/result";
import { operator, seed, type Seeded } from "@/lib/manifest/testing";
import { hashPassword } from "@/lib/people/password";
import { ensureBuilt } from "@/lib/server/build";

/** Another order and other moments are one number away. */
const SEED = 20_261_121;
const INBOX = "app/(console)/inbox/actions.ts";
type Kill = readonly [share: number, what: "gate" | "worker", which: 0 | 1];
/** What is killed when such a share of the requests has been answered, each when the one before is back. */
const KILLS: readonly Kill[] = [
  [0.1, "gate", 0],
  [0.3, "worker", 0],
  [0.5, "gate", 1],
  ...(FULL
    ? ([
        [0.65, "worker", 0],
        [0.8, "gate", 0],
      ] as const)
    : []),
];
/**
 * Below the longest wait of an agent: whoever is not woken sleeps that long. Not nearer, for machines with much else to do; how answers
 * were found is counted apart from time.
 */
const LIMITS = { pendingMs: 25_000, toldMs: 25_000 };
/** Ends only what hangs. */
const RACE_MS = FULL ? 1_800_000 : 600_000;
/** So long nobody got on with anything: it hangs. Many times what a killed process takes to be back on a busy machine. */
const STILL_MS = 90_000;

let database: TestDatabase;
let home: string;
let names: Seeded;
let credentials: string[];
let webs: [WebProcess, WebProcess];
let gates: [GateProcess, GateProcess];
let worker: WorkerProcess;
const sessions: ConsoleClient[] = [];

beforeAll(async () => {
  await ensureBuilt(() => undefined);
  home = mkdtempSync(join(tmpdir(), "remit-fire-"));
  database = await createTestDatabase();
  const hash = await hashPassword(PASSWORD);
  names = await seed(database.db, MANIFEST, { passwordHashes: new Map(reviewers.map((email) => [email, hash])) });
  credentials = await credentialsOf(agents.map((slug) => names.id(slug)));
  const url = database.runtimeUrl;
  const first = await startWebProcess(url, home);
  webs = [first, await startWebProcess(url, home)];
  gates = await Promise.all([startGateProcess(url), startGateProcess(url)]);
  worker = await startWorkerProcess(url);
  // One after the other: so many at once from one address are taken for an attack.
  for (const [at, email] of reviewers.entries())
    sessions.push(await ConsoleClient.signIn(webs[at % 2]?.url ?? "", email, PASSWORD));
}, 300_000);
afterAll(async () => {
  await Promise.all([...(webs ?? []), ...(gates ?? []), ...(worker ? [worker] : [])].map((one) => one.stop()));
  await database.close();
  rmSync(home, { recursive: true, force: true });
});

/** One of each agent, in one change. */
async function credentialsOf(agentIds: readonly string[]): Promise<string[]> {
  const made = await inOneChange(operator(database.db), { rebindsDecisions: true }, async (step) => {
    const secrets: string[] = [];
    for (const agentId of agentIds) {
      const one = await createCredential.within(step, { agentId, name: "fire" });
      if (!one.ok) return one;
      secrets.push(one.value.secret);
    }
    return ok(secrets);
  });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

/** What agents still wait for, as it is stored, for the message of a race that does not end. */
async function standOf(journal: Journal): Promise<string> {
  const ids = [...journal.unlearned.keys()];
  const rows = await database.db.approval.findMany({
    where: { id: { in: ids } },
    take: 20,
    select: { id: true, action: true, state: true, releaseAt: true, deadline: true },
  });
  return `${journal.requests.length} asked, ${ids.length} of them not answered: ${JSON.stringify(rows)}`;
}

/** How agents found their answers on one gate since it started. */
async function foundOn(gate: GateProcess): Promise<Record<string, number>> {
  let text = "";
  await until(async () => {
    text = await fetch(`${gate.url}/metrics`).then(
      (answer) => answer.text(),
      () => "",
    );
    return text !== "";
  }, 10_000);
  const lines = text.matchAll(/^remit_gate_approval_answers_total\{found="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, found, count]) => [found ?? "", Number(count)]));
}

describe(
  "I2, I3, I10: reviewers and agents race over an inbox while gates and worker are killed",
  { timeout: RACE_MS },
  () => {
    it("decides once, redeems once, leaves nobody waiting, and records all of it in order", async ({ annotate }) => {
      const journal = new Journal();
      const over = new AbortController();
      const presses = {
        approve: consoleAction(INBOX, "approve"),
        reject: consoleAction(INBOX, "reject"),
        undo: consoleAction(INBOX, "undo"),
      };
      const balancer = new Gates(gates.map((gate) => gate.url));
      const begunAt = Date.now();

      const working = Promise.all(
        agents.map((slug, at) =>
          workAs(
            {
              slug,
              credential: credentials[at] ?? "",
              side: at,
              random: dice(SEED + at),
              requests: requestsOf(at),
              onBehalfOf: at % 5 === 0 ? (reviewers[at % reviewers.length] ?? null) : null,
            },
            balancer,
            journal,
          ),
        ),
      );
      const reviewing = Promise.all(
        sessions.map((session, at) => {
          const [here, there] = at % 2 === 0 ? webs : webs.toReversed();
          const email = reviewers[at] ?? "";
          return reviewAs(
            { id: names.id(email), session, webs: [here?.url ?? "", there?.url ?? ""], random: dice(SEED - at) },
            presses,
            journal,
            over.signal,
          );
        }),
      );
      const found: Record<string, number>[] = [];
      const killing = (async () => {
        for (const [share, what, which] of KILLS) {
          // What ends a race that does not get on is not this.
          await until(() => over.signal.aborted || journal.answered >= share * APPROVALS, RACE_MS);
          if (over.signal.aborted) return;
          if (what === "worker") {
            await worker.kill();
            worker = await startWorkerProcess(database.runtimeUrl);
          } else {
            const gate = gates[which];
            found.push(await foundOn(gate));
            await gate.kill();
            gates[which] = await startGateProcess(database.runtimeUrl, { port: gate.port });
          }
        }
      })();
      const still = (async () => {
        let [last, sinceMs] = ["", Date.now()];
        while (!over.signal.aborted) {
          const now = `${journal.requests.length} asked, ${journal.answered} answered`;
          if (now !== last) [last, sinceMs] = [now, Date.now()];
          else if (Date.now() - sinceMs > STILL_MS) throw new Error(`nobody got on for ${STILL_MS} ms`);
          await new Promise((resume) => setTimeout(resume, 250));
        }
      })();
      await Promise.all([working.finally(() => over.abort()), reviewing, killing, still]).catch(
        async (cause: unknown) => {
          over.abort();
          const said = [...webs, ...gates, worker].map((one) => one.output()).join("");
          throw new Error(`${await standOf(journal)}\nThey said:\n${said}`, { cause });
        },
      );
      const tookMs = Date.now() - begunAt;

      found.push(...(await Promise.all(gates.map(foundOn))));
      const sum = (by: string): number => found.reduce((total, one) => total + (one[by] ?? 0), 0);
      const history = await readHistory(database.db, journal);
      expect(checkHistory(history, LIMITS)).toEqual([]);
      expect((await verifyStreams(database.db)).faults).toEqual([]);
      expect(history.approvals).toHaveLength(APPROVALS);
      expect(history.finals.every((one) => one.state !== "pending")).toBe(true);
      // Whoever waited was told. What a sweep found had lost its notification with a process that was killed, or had it seconds late on a
      // machine that is too busy: a change that never tells would be many.
      expect(sum("sweep")).toBeLessThanOrEqual(APPROVALS / 4);
      const counted = (kind: string): number => history.calls.filter((one) => one.kind === kind).length;
      await annotate(
        `${APPROVALS} approvals in ${tookMs} ms: ${counted("press")} presses, ${counted("look")} waits, ${counted("use")} uses; ` +
          `answers by ${JSON.stringify(Object.fromEntries(["first_look", "notification", "release", "reconnect", "last_look", "sweep"].map((by) => [by, sum(by)])))}`,
      );
    });
  },
);
