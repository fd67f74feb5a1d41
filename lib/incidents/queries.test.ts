import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { suspendSubtree } from "@/lib/agents/subtree-suspend";
import { NOW, seedAcme } from "@/lib/approvals/test-store";
import { appealTitle, countAppeals, getAppeal, listAppeals } from "@/lib/appeals/queries";
import type { AppealQueue } from "@/lib/appeals/views";
import type { Viewer } from "@/lib/auth/viewer";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { listConflicts } from "@/lib/incidents/conflict-queries";
import type { IncidentListParams } from "@/lib/incidents/list-params";
import { countOpen, incidentAgents, listIncidents } from "@/lib/incidents/list-queries";
import { openIncident } from "@/lib/incidents/open";
import { getIncident, incidentsOfRun, incidentTitle, openIncidentsOf } from "@/lib/incidents/queries";
import { resolveIncident } from "@/lib/incidents/resolve";
import type { Severity } from "@/lib/incidents/views";
import { newId } from "@/lib/kernel/ids";
import { engageKillSwitch, releaseKillSwitch } from "@/lib/organisation/kill-switch";
import { countStops, readStops, stoppableNodes, suspendedAgents } from "@/lib/organisation/stops";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
let [ada, rob, fay]: Viewer[] = [];
const ids: Record<string, string> = {};

async function incident(name: string, who: Viewer, agentId: string, severity: Severity, runId?: string): Promise<void> {
  const opened = await openIncident(who, {
    agentId,
    title: name,
    severity,
    pause: false,
    ...(runId !== undefined && { runId }),
  });
  if (!opened.ok) throw new Error(opened.error.message);
  ids[name] = opened.value.id;
}

async function appeal(name: string, agentId: string, subject: "policy" | "authority", excluded: string[] = []) {
  const run = await acme.run(agentId);
  const decisionId = await acme.decision(run, { effect: "deny", code: "policy_denied", args: { account_id: name } });
  const id = newId();
  await database.db.appeal.create({
    data: {
      id,
      decisionId,
      runId: run.id,
      agentId,
      action: "crm.update_account",
      code: "policy_denied",
      subject,
      rules: ["p/stop"],
      reason: `Because of ${name}.`,
      excludedIds: excluded,
      openedAt: NOW,
      requestHash: new Uint8Array(32),
    },
  });
  ids[name] = id;
}

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  [ada, rob, fay] = [await acme.viewer(acme.ids.ada), await acme.viewer(acme.ids.rob), await acme.viewer(acme.ids.fay)];
  const run = await acme.run(acme.ids.desk);
  ids.run = run.id;
  await incident("slow", rob, acme.ids.desk, "low", run.id);
  await incident("burning", rob, acme.ids.desk, "critical");
  await incident("wrong", fay, acme.ids.ledger, "high");
  await resolveIncident(fay, { incidentId: ids.wrong ?? "", cause: "A typo.", resume: false });
  await appeal("one", acme.ids.desk, "policy");
  await appeal("two", acme.ids.ledger, "authority");
  await appeal("three", acme.ids.desk, "policy", [acme.ids.ada]);
});
afterAll(() => database.close());

const viewer = (one: Viewer | undefined): Viewer => {
  if (!one) throw new Error("nobody there");
  return one;
};
const ALL: IncidentListParams = {
  search: "",
  state: [],
  severity: [],
  source: [],
  agent: [],
  sort: { id: "severity", desc: true },
  page: 1,
  pageSize: 50,
};
const titles = async (who: Viewer | undefined, more: Partial<IncidentListParams> = {}): Promise<string[]> =>
  (await listIncidents(viewer(who), { ...ALL, ...more })).rows.map((row) => row.title);

describe("incidents", () => {
  it("stand with what is open first, by severity, within sight (I12)", async () => {
    expect(await titles(ada)).toEqual(["burning", "slow", "wrong"]);
    expect(await titles(rob)).toEqual(["burning", "slow"]);
    expect(await titles(fay)).toEqual(["wrong"]);
    expect(await countOpen(viewer(ada))).toEqual({ incidents: 2, conflicts: 0 });
    expect(await countOpen(viewer(fay))).toEqual({ incidents: 0, conflicts: 0 });
  });

  it.each([
    [{ state: ["resolved" as const] }, ["wrong"]],
    [{ severity: ["low" as const, "high" as const] }, ["slow", "wrong"]],
    [{ source: ["tool_errors" as const] }, []],
    [{ agent: ["ledger"] }, ["wrong"]],
    [{ search: "typo" }, ["wrong"]],
    [{ pageSize: 1, page: 2 }, ["slow"]],
    [{ sort: { id: "agent" as const, desc: false } }, ["burning", "slow", "wrong"]],
  ])("can be narrowed by %j", async (more, expected) => expect((await titles(ada, more)).toSorted()).toEqual(expected));

  it("tell all of one to whom they are for, and do not exist for others", async () => {
    expect(await getIncident(viewer(ada), ids.slow ?? "")).toMatchObject({
      title: "slow",
      openedBy: "Rob",
      runs: [{ id: ids.run }],
      entries: [{ kind: "opened", person: "Rob" }],
      others: [{ title: "burning" }],
      may: { note: true, resolve: true, resume: true },
    });
    expect(await getIncident(viewer(rob), ids.slow ?? "")).toMatchObject({ may: { note: true, resolve: false } });
    for (const id of [ids.slow ?? "", "nonsense", newId()]) {
      expect(await getIncident(viewer(fay), id)).toBeNull();
      expect(await incidentTitle(viewer(fay), id)).toBeNull();
    }
    expect(await openIncidentsOf(viewer(fay), acme.ids.desk)).toEqual([]);
    expect((await openIncidentsOf(viewer(rob), acme.ids.desk)).map((one) => one.title)).toEqual(["burning", "slow"]);
    expect(await incidentsOfRun(viewer(rob), ids.run ?? "")).toMatchObject([{ title: "slow", state: "open" }]);
    expect(await incidentsOfRun(viewer(fay), ids.run ?? "")).toEqual([]);
    expect(await incidentAgents(viewer(rob))).toEqual([{ value: "desk", label: "Agent desk", count: 2 }]);
    expect(await listConflicts(viewer(ada), { state: "open", page: 1, pageSize: 10 })).toEqual({ rows: [], total: 0 });
  });
});

describe("appeals", () => {
  const queue = async (who: Viewer | undefined, which: AppealQueue): Promise<string[]> => {
    const sort = { id: "openedAt" as const, desc: false };
    const { rows } = await listAppeals(viewer(who), {
      queue: which,
      search: "",
      agent: [],
      page: 1,
      pageSize: 50,
      sort,
    });
    return rows.map((row) => row.target ?? "").toSorted();
  };

  it("wait for those who may change what denied, and never for whom the run acts for", async () => {
    expect(await queue(ada, "mine")).toEqual(["one", "two"]);
    expect(await queue(ada, "waiting")).toEqual(["one", "three", "two"]);
    expect(await queue(rob, "mine")).toEqual([]);
    expect(await queue(rob, "waiting")).toEqual(["one", "three"]);
    expect(await queue(fay, "mine")).toEqual(["two"]);
    expect(await queue(ada, "answered")).toEqual([]);
    expect(await countAppeals(viewer(ada))).toEqual({ mine: 2, waiting: 3 });
    expect(await countAppeals(viewer(fay))).toEqual({ mine: 1, waiting: 1 });
  });

  it("say to whom they are for, and do not exist out of sight (I12)", async () => {
    expect(await getAppeal(viewer(ada), ids.one ?? "")).toMatchObject({ standing: "may_answer", runOpen: true });
    expect(await getAppeal(viewer(ada), ids.three ?? "")).toMatchObject({ standing: "excluded" });
    expect(await getAppeal(viewer(rob), ids.one ?? "")).toMatchObject({ standing: "not_yours" });
    expect(await getAppeal(viewer(fay), ids.one ?? "")).toBeNull();
    expect(await appealTitle(viewer(fay), ids.one ?? "")).toBeNull();
    expect(await appealTitle(viewer(ada), "nonsense")).toBeNull();
  });
});

describe("what is stopped", () => {
  it("is told within sight; that everything is stopped, to everybody", async () => {
    expect(await readStops(viewer(fay))).toEqual({ everything: null, nodes: [] });
    await suspendSubtree(viewer(ada), { id: acme.ids.desk, reason: "A test." });
    expect(await readStops(viewer(rob))).toMatchObject({ nodes: [{ slug: "desk", agents: 2, mayResume: false }] });
    expect(await readStops(viewer(ada))).toMatchObject({ nodes: [{ slug: "desk", mayResume: true }] });
    expect(await readStops(viewer(fay))).toEqual({ everything: null, nodes: [] });
    await engageKillSwitch(viewer(ada), { reason: "A drill." });
    expect(await readStops(viewer(fay))).toEqual({ everything: { reason: "A drill." }, nodes: [] });
    expect(await countStops(viewer(ada))).toBe(2);
    expect(await countStops(viewer(fay))).toBe(1);
    await releaseKillSwitch(viewer(ada), { reason: "It is over." });
    expect(await suspendedAgents(viewer(ada))).toEqual([]);
  });

  it("offers to stop what one may, by its place, and what is not stopped yet", async () => {
    const paths = async (who: Viewer | undefined) => (await stoppableNodes(viewer(who))).map((node) => node.path);
    expect(await paths(rob)).toEqual(["Team support", "Team support › Agent desk › Agent helper"]);
    expect(await paths(fay)).toEqual(["Team finance", "Team finance › Agent ledger"]);
    expect(await paths(ada)).toHaveLength(4);
  });
});
