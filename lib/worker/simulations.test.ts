import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { accessOf } from "@/lib/auth/access";
import type { CommandContext } from "@/lib/audit/change";
import type { Viewer } from "@/lib/auth/viewer";
import type { Queries } from "@/lib/db/queries";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { operator, seed, type Seeded } from "@/lib/manifest/testing";
import { startDraft } from "@/lib/policies/drafts/start";
import { saveDraft } from "@/lib/policies/drafts/save";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import { cancelSimulation } from "@/lib/policies/simulation/cancel";
import { readCheckpoint } from "@/lib/policies/simulation/checkpoint";
import { fillStore } from "@/lib/policies/simulation/fill-store";
import { nextSimulation, simulate } from "@/lib/policies/simulation/job";
import { pruneSimulations } from "@/lib/policies/simulation/prune";
import { listSamples, listSimulations, readSimulation } from "@/lib/policies/simulation/queries";
import { startSimulation } from "@/lib/policies/simulation/start";
import { runSimulations } from "@/lib/worker/simulations";
import { createLog } from "@/lib/server/log";

const MANIFEST = `
apiVersion: remit/v1
people:
  - {email: ana@example.com, name: Ana Reyes, roles: [{role: manager, node: organisation}]}
  - {email: aud@example.com, name: Audrey Lim, roles: [{role: auditor, node: organisation}]}
  - {email: sam@example.com, name: Sam Ode, roles: [{role: manager, node: support}]}
chart:
  - team: support
    name: Support
    children:
      - {agent: desk, name: Desk, owner: sam@example.com, tier: execute, purpose: Serves, grants: ["crm.*"]}
  - team: sales
    name: Sales
    children:
      - {agent: seller, name: Seller, owner: ana@example.com, tier: execute, purpose: Sells, grants: ["crm.*"]}
systems:
  - id: crm
    name: CRM
    actions:
      - {id: crm.pay, title: Pay out, kind: execute, impact: low, reversibility: reversible, args: {type: object, properties: {amount: {type: number}, to: {type: string}}}}
      - {id: crm.look, kind: read, impact: low, reversibility: reversible}
policies:
  - id: payments
    rules: [{id: large, match: {actions: [crm.pay]}, when: args.amount > 900.0, effect: escalate}]
`;
const LOWER: DraftRule = {
  id: "large",
  match: { actions: ["crm.pay"] },
  when: "args.amount > 500.0",
  effect: "escalate",
};
const DECISIONS = 3_000;
const log = createLog("worker");

let database: TestDatabase;
let seeded: Seeded;
let system: CommandContext;
let ana: Viewer;
let draft: { draftId: string; revision: number };

const viewerOf = async (email: string): Promise<Viewer> => {
  const id = seeded.id(email);
  const [bindings, chart] = await Promise.all([
    database.db.roleBinding.findMany({ where: { personId: id }, select: { role: true, nodeId: true } }),
    database.db.node.findMany({ select: { id: true, parentId: true } }),
  ]);
  const person = { id, email, name: email, timeZone: null };
  return { ...operator(database.db), actor: { kind: "person", id }, access: accessOf(id, bindings, chart), person };
};
const must = <T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const start = async (more: object = {}, viewer: Viewer = ana): Promise<string> =>
  must(await startSimulation(viewer, { policy: "payments", ...draft, days: 30, ...more })).id;
const run = (stopping = new AbortController().signal) => runSimulations(system, database.pool, log, stopping);
const stateOf = async (id: string) => (await database.db.simulation.findUniqueOrThrow({ where: { id } })).state;

beforeAll(async () => {
  database = await createTestDatabase();
  seeded = await seed(database.db, MANIFEST);
  system = operator(database.db, { actor: { kind: "system", id: "worker" } });
  ana = await viewerOf("ana@example.com");
  const { version } = await database.db.configuration.findUniqueOrThrow({ where: { id: 1 } });
  const to = new Date();
  await fillStore(database.pool, {
    agentIds: [seeded.id("desk"), seeded.id("seller")],
    decisions: DECISIONS,
    perRun: 10,
    from: new Date(to.getTime() - 20 * 86_400_000),
    to,
    configVersion: version,
    asked: (index) => {
      if (index % 3 === 0) return { action: "crm.look", args: {}, effect: "allow", code: "allowed" };
      const pay = { action: "crm.pay", args: { amount: index % 1_000, to: `c${index}` } };
      return index % 1_000 > 900
        ? { ...pay, effect: "escalate", code: "policy_escalates" }
        : { ...pay, effect: "allow", code: "allowed" };
    },
  });
  const begun = must(await startDraft(ana, { policy: "payments" }));
  const saved = must(await saveDraft(ana, { ...begun, name: "Payments", rules: [LOWER] }));
  draft = { draftId: begun.draftId, revision: saved.revision };
});
beforeEach(async () => {
  await database.ownerDb.simulation.deleteMany();
});
afterAll(() => database.close());

const PAYS = Array.from({ length: DECISIONS }, (_, index) => index).filter((index) => index % 3 !== 0);
const ASKED = PAYS.filter((index) => index % 1_000 > 900).length;
const CHANGED = PAYS.filter((index) => index % 1_000 > 500 && index % 1_000 <= 900).length;

describe("a simulation", () => {
  it("is asked for, done by the worker, and read: what changes, by rule, agent and action, with samples", async () => {
    const id = await start();
    expect(await stateOf(id)).toBe("queued");
    expect(await run()).toBe(1);
    const view = await readSimulation(ana, "payments", null);
    expect(view).toMatchObject({
      id,
      state: "done",
      changed: CHANGED,
      inForce: 1,
      configurationChanged: false,
      mayCancel: true,
      requestedBy: { name: "Ana Reyes" },
      result: {
        decisions: DECISIONS,
        decided: PAYS.length,
        unconcerned: DECISIONS - PAYS.length,
        standing: 0,
        stricter: CHANGED,
        milder: 0,
        rules: [{ rule: "large", change: "changed", newly: CHANGED, changes: CHANGED, errors: 0 }],
        actions: [{ label: "Pay out", key: "crm.pay", stricter: CHANGED }],
        // The store is older than its policy: at that time nothing asked.
        exactness: { compared: PAYS.length, differing: [{ stored: "escalate", rebuilt: "allow", count: ASKED }] },
      },
    });
    expect(view?.result?.agents.map((one) => one.label).toSorted()).toEqual(["Desk", "Seller"]);
    const samples = await listSamples(ana, "payments", id, { from: "allow", to: "escalate" });
    expect(samples).toHaveLength(20);
    expect(samples[0]).toMatchObject({ title: "Pay out", was: "allowed", is: "policy_escalates", rules: ["large"] });
    for (const sample of samples) expect(Number(sample.target)).toBeGreaterThan(500);
    expect(await listSamples(ana, "payments", id, { from: "deny", to: "allow" })).toEqual([]);
    const records = await database.db.auditRecord.findMany({
      where: { action: { startsWith: "simulation." } },
      orderBy: { seq: "asc" },
      select: { action: true, actorKind: true },
    });
    expect(records.slice(-2)).toEqual([
      { action: "simulation.start", actorKind: "person" },
      { action: "simulation.finish", actorKind: "system" },
    ]);
  });

  it("can be narrowed to an agent, an action and a time", async () => {
    const agent = await start({ agentId: seeded.id("seller"), days: 10 });
    await run();
    const view = await readSimulation(ana, "payments", agent);
    expect(view).toMatchObject({ agent: { slug: "seller" }, result: { agents: [{ label: "Seller" }] } });
    expect(view?.result?.decisions).toBeGreaterThan(700);
    expect(view?.result?.decisions).toBeLessThan(800);
    const action = await start({ action: "crm.l*" });
    await run();
    expect((await readSimulation(ana, "payments", action))?.result).toMatchObject({
      decisions: DECISIONS - PAYS.length,
      decided: 0,
      changed: 0,
    });
  });

  it("of nothing is done at once", async () => {
    await database.db.simulation.create({
      data: {
        id: "01a00000-0000-7000-8000-000000000001",
        policyId: "payments",
        draftId: draft.draftId,
        draftRevision: 1,
        rulesHash: "x",
        rules: [LOWER],
        days: 1,
        everywhere: false,
        fromAt: new Date(0),
        requestedAt: new Date(),
      },
    });
    expect(await run()).toBe(1);
    expect((await readSimulation(ana, "payments", null))?.result).toMatchObject({ decisions: 0, changed: 0 });
  });
});

describe("cancelling", () => {
  it("ends one that waits, and one that runs after the page that it is at", async () => {
    const waiting = await start();
    expect(await cancelSimulation(ana, { id: waiting })).toMatchObject({ ok: true });
    expect(await run()).toBe(0);
    const running = await start();
    let pages = 0;
    const cancelling = {
      query: async (text: string, values?: unknown[]) => {
        if (text.includes("LIMIT $9")) {
          pages += 1;
          if (pages === 2) must(await cancelSimulation(ana, { id: running }));
        }
        return database.pool.query(text, values);
      },
    };
    expect(await simulate(system, cancelling, running, { lookEveryMs: 0 })).toBe("stopped");
    // The page after the next one may be on its way already.
    expect(pages).toBeLessThanOrEqual(3);
    expect(await database.db.simulation.findUnique({ where: { id: running } })).toMatchObject({
      state: "cancelled",
      result: null,
      checkpoint: null,
    });
    expect(await cancelSimulation(ana, { id: running })).toMatchObject({ ok: false, error: { code: "conflict" } });
  });

  it("is for its requester, and for those who write policies", async () => {
    const id = await start();
    const [sam, audrey] = [await viewerOf("sam@example.com"), await viewerOf("aud@example.com")];
    expect(await cancelSimulation(sam, { id })).toMatchObject({ ok: false, error: { code: "forbidden" } });
    expect(await cancelSimulation(audrey, { id })).toMatchObject({ ok: false, error: { code: "forbidden" } });
    const other = await start({}, audrey);
    expect(await cancelSimulation(ana, { id: other })).toMatchObject({ ok: true });
    expect(await cancelSimulation(ana, { id })).toMatchObject({ ok: true });
  });
});

describe("an interruption", () => {
  it("by a worker that stops leaves where it stood; the next one goes on from there", async () => {
    const id = await start();
    const stopping = new AbortController();
    stopping.abort();
    await run(stopping.signal);
    const stood = await database.db.simulation.findUniqueOrThrow({ where: { id } });
    expect(stood).toMatchObject({ state: "running", attempts: 1, passed: 500 });
    expect(readCheckpoint(stood.checkpoint)?.tally.decisions).toBe(500);
    expect(await run()).toBe(1);
    expect((await readSimulation(ana, "payments", id))?.result).toMatchObject({
      decisions: DECISIONS,
      changed: CHANGED,
    });
  });

  it("by a connection that breaks leaves it to be taken up again; what is too slow fails, and says so", async () => {
    const id = await start();
    const failing = (error: Error): Queries => ({
      query: async () => {
        throw error;
      },
    });
    const broken = Object.assign(new Error("terminating connection"), { code: "57P01" });
    await expect(simulate(system, failing(broken), id)).rejects.toThrow("terminating");
    expect(await stateOf(id)).toBe("running");
    expect(await nextSimulation(database.db)).toBe(id);
    const slow = Object.assign(new Error("canceling statement due to statement timeout"), { code: "57014" });
    expect(await simulate(system, failing(slow), id)).toBe("failed");
    expect(await readSimulation(ana, "payments", id)).toMatchObject({ state: "failed", fault: "too_slow" });
  });

  it("again and again ends it: it may be what kills the worker", async () => {
    const id = await start();
    await database.db.simulation.update({ where: { id }, data: { state: "running", attempts: 5 } });
    await run();
    expect(await readSimulation(ana, "payments", id)).toMatchObject({ state: "failed", fault: "interrupted" });
  });

  it("under another configuration than before, it begins anew", async () => {
    const id = await start();
    const stopping = new AbortController();
    stopping.abort();
    await run(stopping.signal);
    await database.db.$executeRaw`UPDATE configuration SET version = version + 1`;
    expect(await run()).toBe(1);
    expect((await readSimulation(ana, "payments", id))?.result).toMatchObject({
      decisions: DECISIONS,
      changed: CHANGED,
    });
  });

  it("two workers never run one at once", async () => {
    await start();
    const both = await Promise.all([run(), run()]);
    expect(both.toSorted()).toEqual([0, 1]);
  });
});

describe("who may", () => {
  it("try a draft: whoever reads all policies; not whoever reads part of them", async () => {
    const [sam, audrey] = [await viewerOf("sam@example.com"), await viewerOf("aud@example.com")];
    expect(await startSimulation(sam, { policy: "payments", ...draft, days: 7 })).toMatchObject({
      error: { code: "forbidden" },
    });
    const id = await start({}, audrey);
    await run();
    expect(await readSimulation(sam, "payments", id)).toBeNull();
    expect(await listSimulations(sam, "payments")).toEqual([]);
    expect(await listSamples(sam, "payments", id, { from: "allow", to: "escalate" })).toEqual([]);
    expect((await readSimulation(ana, "payments", id))?.id).toBe(id);
  });

  it("see a simulation: whoever sees all that it counted (I12)", async () => {
    const id = await start();
    await database.db.simulation.update({
      where: { id },
      data: { everywhere: false, reach: [seeded.id("desk")] },
    });
    await run();
    const view = await readSimulation(ana, "payments", id);
    expect(view?.result?.agents.map((one) => one.label)).toEqual(["Desk"]);
    const sees = (node: string): Viewer => ({
      ...ana,
      access: {
        ...ana.access,
        nodes: (permission) => (permission === "run.read" ? new Set([seeded.id(node)]) : "all"),
      },
    });
    expect((await readSimulation(sees("desk"), "payments", id))?.id).toBe(id);
    expect(await readSimulation(sees("seller"), "payments", id)).toBeNull();
    expect(await listSimulations(sees("seller"), "payments")).toEqual([]);
  });

  it("are told what is wrong with what they ask for", async () => {
    const refused = async (more: object) => startSimulation(ana, { policy: "payments", ...draft, days: 7, ...more });
    expect(await refused({ revision: 1 })).toMatchObject({ error: { code: "conflict", field: "revision" } });
    expect(await refused({ policy: "other" })).toMatchObject({ error: { code: "conflict", field: "draftId" } });
    expect(await refused({ days: 91 })).toMatchObject({ error: { code: "invalid_input", field: "days" } });
    expect(await refused({ agentId: seeded.id("support") })).toMatchObject({
      error: { code: "invalid_input", field: "agentId" },
    });
    await start();
    expect(await refused({})).toMatchObject({ error: { code: "conflict" } });
  });
});

it("prunes what nobody will look at again", async () => {
  const old = await start();
  await run();
  await database.db.simulation.update({
    where: { id: old },
    data: { requestedAt: new Date(Date.now() - 31 * 86_400_000) },
  });
  const fresh = await start();
  await run();
  expect(await pruneSimulations(database.db, new Date())).toBe(1);
  expect((await listSimulations(ana, "payments")).map((one) => one.id)).toEqual([fresh]);
});
