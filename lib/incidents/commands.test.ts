import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { resumeAgent } from "@/lib/agents/resume";
import { rejectApproval } from "@/lib/approvals/reject";
import { at, NOW, seedAcme } from "@/lib/approvals/test-store";
import { undoDecision } from "@/lib/approvals/undo";
import type { CommandContext } from "@/lib/audit/change";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { actOnSignals } from "@/lib/incidents/act";
import { noteIncident } from "@/lib/incidents/note";
import { openIncident } from "@/lib/incidents/open";
import { resolveIncident } from "@/lib/incidents/resolve";
import { newId } from "@/lib/kernel/ids";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
});
afterAll(() => database.close());

const as = (personId: string): Promise<CommandContext> => acme.viewer(personId);
const worker = (now = NOW): CommandContext => ({
  db: database.db,
  actor: { kind: "system", id: "worker" },
  clock: { now: () => now },
  newId,
});
const stored = (id: string) =>
  database.db.incident.findUniqueOrThrow({
    where: { id },
    include: { entries: { orderBy: { id: "asc" } }, runs: true },
  });
const status = async (id: string) => (await database.db.agent.findUniqueOrThrow({ where: { id } })).status;
const version = async () => (await database.db.configuration.findUniqueOrThrow({ where: { id: 1 } })).version;
const refused = (code: string) => ({ ok: false, error: { code } });
const about = (agentId: string, more: object = {}) => ({
  agentId,
  title: "It writes to the wrong accounts",
  severity: "high" as const,
  pause: false,
  ...more,
});

describe("an incident that a person opens", () => {
  it("suspends the agent in the same change, keeps a timeline, and is resolved with a cause", async () => {
    const run = await acme.run(acme.ids.desk);
    const before = await version();
    const opened = await openIncident(
      await as(acme.ids.rob),
      about(acme.ids.desk, { runId: run.id, pause: true, note: "A-1 and A-2 were mixed up." }),
    );
    expect(opened).toMatchObject({ ok: true, value: { paused: true } });
    const id = opened.ok ? opened.value.id : "";
    expect(await status(acme.ids.desk)).toBe("suspended");
    expect(await version()).toBe(before + 1n);
    const ada = await as(acme.ids.ada);
    expect(await noteIncident(ada, { incidentId: id, text: "The mapping was stale." })).toMatchObject({ ok: true });
    expect(await resolveIncident(ada, { incidentId: id, cause: "Stale mapping.", resume: true })).toEqual({
      ok: true,
      value: { resumed: true },
    });
    expect(await status(acme.ids.desk)).toBe("active");
    const incident = await stored(id);
    expect(incident).toMatchObject({
      state: "resolved",
      paused: true,
      resumed: true,
      openedById: acme.ids.rob,
      resolvedById: acme.ids.ada,
      cause: "Stale mapping.",
    });
    expect(incident.runs.map((one) => one.runId)).toEqual([run.id]);
    expect(incident.entries.map((one) => [one.kind, one.text])).toEqual([
      ["opened", "A-1 and A-2 were mixed up."],
      ["paused", "The agent was suspended."],
      ["note", "The mapping was stale."],
      ["resumed", "The agent may act again."],
      ["resolved", "Stale mapping."],
    ]);
    const audit = await database.db.auditRecord.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });
    expect(audit.map((one) => one.action)).toEqual(["incident.open", "incident.note", "incident.resolve"]);
  });

  it("stays resolved, also in the store", async () => {
    const ada = await as(acme.ids.ada);
    const opened = await openIncident(ada, about(acme.ids.desk));
    const id = opened.ok ? opened.value.id : "";
    const resolve = { incidentId: id, cause: "Nothing.", resume: false };
    const both = await Promise.all([resolveIncident(ada, resolve), resolveIncident(ada, resolve)]);
    expect(both.map((one) => one.ok).toSorted()).toEqual([false, true]);
    expect(await noteIncident(ada, { incidentId: id, text: "Late." })).toMatchObject(refused("conflict"));
    await expect(database.db.incident.update({ where: { id }, data: { state: "open" } })).rejects.toThrow(
      "it is resolved",
    );
    await expect(database.db.incidentEntry.deleteMany({ where: { incidentId: id } })).rejects.toThrow(
      /permission denied|append-only/,
    );
  });

  it("is opened by reviewers, resolved by those who may change the agent, and does not exist for others (I12)", async () => {
    const [rob, fay] = await Promise.all([as(acme.ids.rob), as(acme.ids.fay)]);
    expect(await openIncident(rob, about(acme.ids.ledger))).toMatchObject(refused("not_found"));
    const opened = await openIncident(rob, about(acme.ids.desk));
    const id = opened.ok ? opened.value.id : "";
    const resolve = { incidentId: id, cause: "Nothing.", resume: false };
    expect(await resolveIncident(rob, resolve)).toMatchObject(refused("forbidden"));
    expect(await resolveIncident(fay, resolve)).toMatchObject(refused("not_found"));
    expect(await noteIncident(fay, { incidentId: id, text: "Hello" })).toMatchObject(refused("not_found"));
    const foreign = await acme.run(acme.ids.ledger);
    expect(await openIncident(rob, about(acme.ids.desk, { runId: foreign.id }))).toMatchObject({
      ok: false,
      error: { code: "not_found", field: "runId" },
    });
    expect(await openIncident(rob, about(acme.ids.desk, { title: " " }))).toMatchObject({
      ok: false,
      error: { code: "invalid_input", field: "title" },
    });
  });
});

describe("repeated rejection", () => {
  const reject = async (now: Date): Promise<void> => {
    const run = await acme.run(acme.ids.helper);
    const { id } = await acme.approval(run, [acme.ids.ada], { deadline: at(99_999) });
    const ada = { ...(await as(acme.ids.ada)), clock: { now: () => now } };
    expect(await rejectApproval(ada, { approvalId: id, comment: "No." })).toMatchObject({ ok: true });
  };
  const incidents = () =>
    database.db.incident.findMany({ where: { agentId: acme.ids.helper }, orderBy: { openedAt: "asc" } });

  it("pauses the agent and opens one incident, however many workers act and however often", async () => {
    for (const minute of [0, 30, 40, 50]) await reject(at(minute * 60));
    await actOnSignals(worker(at(3_000)));
    expect(await incidents()).toEqual([]);
    await reject(at(59 * 60));
    // Not before the rejection is released: it could still be undone.
    expect(await actOnSignals(worker(at(3_541)))).toEqual({ opened: 0 });
    const acted = await Promise.all([actOnSignals(worker(at(3_546))), actOnSignals(worker(at(3_546)))]);
    expect(acted.map((one) => one.opened).toSorted()).toEqual([0, 1]);
    expect(await actOnSignals(worker(at(3_547)))).toEqual({ opened: 0 });
    const [incident, ...more] = await incidents();
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ source: "rejections", severity: "high", paused: true, state: "open" });
    expect(await status(acme.ids.helper)).toBe("suspended");
    expect(await database.db.failureSignal.count()).toBe(0);
  });

  it("adds to the incident while it is open, and counts anew after it", async () => {
    const [incident] = await incidents();
    const ada = await as(acme.ids.ada);
    expect(await resumeAgent(ada, { id: acme.ids.helper, reason: "It works on." })).toMatchObject({ ok: true });
    for (const second of [1, 2, 3, 4, 5]) await reject(at(3_600 + second));
    await actOnSignals(worker(at(3_610)));
    expect(await incidents()).toHaveLength(1);
    expect((await stored(incident?.id ?? "")).entries.map((one) => one.kind)).toContain("seen");
    await resolveIncident(ada, { incidentId: incident?.id ?? "", cause: "A new instruction.", resume: true });
    for (const second of [1, 2]) await reject(at(3_700 + second));
    await actOnSignals(worker(at(3_710)));
    expect(await incidents()).toHaveLength(2);
  });

  it("forgets a rejection that is undone before its release", async () => {
    const agent = await acme.agent("undone", acme.ids.support, acme.ids.ada);
    const run = await acme.run(agent);
    const ada = await as(acme.ids.ada);
    const asked = await Promise.all(Array.from({ length: 5 }, () => acme.approval(run, [acme.ids.ada])));
    for (const { id } of asked) await rejectApproval(ada, { approvalId: id, comment: "No." });
    expect(await database.db.failureSignal.count()).toBe(1);
    expect(await undoDecision(ada, { approvalId: asked[4]?.id ?? "" })).toMatchObject({ ok: true });
    expect(await database.db.failureSignal.count()).toBe(0);
    expect(await actOnSignals(worker(at(60)))).toEqual({ opened: 0 });
  });

  it("does nothing where it is switched off", async () => {
    await database.db.configuration.update({
      where: { id: 1 },
      data: { settings: { failures: { agents: { ledger: { rejections: { incidentAfter: 0 } } } } } },
    });
    const fay = await as(acme.ids.fay);
    for (let index = 0; index < 7; index++) {
      const { id } = await acme.approval(await acme.run(acme.ids.ledger), [acme.ids.fay]);
      await rejectApproval(fay, { approvalId: id, comment: "No." });
    }
    expect(await actOnSignals(worker())).toEqual({ opened: 0 });
  });
});
