import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, DESK, personOf, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { startRun, type TestRun } from "@/e2e/api/http";
import { approveApproval } from "@/lib/approvals/approve";
import { cancelApproval } from "@/lib/approvals/cancel";
import { rejectApproval } from "@/lib/approvals/reject";
import { undoDecision } from "@/lib/approvals/undo";
import { verifyExport } from "@/lib/audit/exports/verify-export";
import { verifyApprovals } from "@/lib/audit/standing/verify-approvals";
import { verifyStreams } from "@/lib/audit/verify-streams";
import { loadViewer } from "@/lib/auth/load-viewer";
import type { Viewer } from "@/lib/auth/viewer";
import { runFile, runTimelineCsv, runToExport } from "@/lib/runs/export-run";

const TWO = DESK.replace(
  "- {id: never-wipe",
  `- {id: two-people, match: {actions: [desk.refund]}, when: args.amount > 1000.0, effect: escalate, quorum: 2, message: Two decide.}
      - {id: never-wipe`,
);

let desk: Desk;
let gate: GateProcess;
/** One approval for each way that one can go. */
let ids: Record<
  "edited" | "rejected" | "voted" | "undone" | "cancelled" | "ended" | "pending" | "blank" | "withdrawn",
  string
>;

let runId: string;

async function asked(run: TestRun, amount: number): Promise<string> {
  const { approval } = (await run.ask("desk.refund", { amount })).body;
  return (approval as { id: string }).id;
}

beforeAll(async () => {
  desk = await createDesk(TWO);
  gate = await startGateProcess(desk.database.runtimeUrl);
  const run = await startRun(gate.url, desk.credential);
  const bo = await personOf(desk, "bo@example.com");
  const amounts = {
    edited: 200,
    rejected: 201,
    voted: 2_000,
    undone: 2_001,
    cancelled: 202,
    pending: 203,
    blank: 205,
    withdrawn: 206,
  };
  const made = Object.entries(amounts).map(async ([name, amount]) => [name, await asked(run, amount)]);
  ids = Object.fromEntries(await Promise.all(made));
  await approveApproval(bo, { approvalId: ids.edited, args: { amount: 150 }, comment: "Not so much." });
  await rejectApproval(bo, { approvalId: ids.rejected, comment: "Too much." });
  await approveApproval(bo, { approvalId: ids.voted, comment: "Fine by me." });
  await approveApproval(bo, { approvalId: ids.undone, args: { amount: 1_500 } });
  await undoDecision(bo, { approvalId: ids.undone });
  await cancelApproval(bo, { approvalId: ids.cancelled, comment: "Nobody needs it." });
  await approveApproval(bo, { approvalId: ids.blank, comment: " " });
  await cancelApproval(bo, { approvalId: ids.withdrawn, comment: "" });
  const other = await startRun(gate.url, desk.credential);
  ids.ended = await asked(other, 204);
  await other.post("/complete", { outcome: "succeeded" });
  // Released at once, and used.
  await run.ask("desk.refund", { amount: 150 }, { approvalId: ids.edited });
  await run.ask("desk.note", {}, { evidence: { reason: "\u2028 0", sources: [{ "2": 1, "1": -0 }] } });
  const event = (id: string, at: string) => ({ id, kind: "step", at, name: "=look", data: [1e21] });
  const now = new Date().toISOString();
  await run.post("/events", { events: [event("a", now), event("b", now)] });
  await run.post("/events", { events: [event("c", now)] });
  runId = run.id;
});
afterAll(async () => {
  await gate.stop();
  await desk.close();
});

const TABLES = ["approval", "approval_vote"] as const;

/** What the verifier says of a store in which somebody who owns it ran this behind the guards. */
async function verifiedAfter(sql: string) {
  const { ownerDb } = desk.database;
  const run = async (text: (table: string) => string) => {
    for (const table of TABLES) await ownerDb.$executeRawUnsafe(text(table));
  };
  await run((table) => `CREATE TABLE kept_${table} AS TABLE ${table}`);
  await run((table) => `ALTER TABLE ${table} DISABLE TRIGGER ALL`);
  try {
    await ownerDb.$executeRawUnsafe(sql);
    return (await verifyStreams(desk.database.db)).faults;
  } finally {
    await run((table) => `DELETE FROM ${table}`);
    await run((table) => `INSERT INTO ${table} SELECT * FROM kept_${table}`);
    await run((table) => `DROP TABLE kept_${table}`);
    await run((table) => `ALTER TABLE ${table} ENABLE TRIGGER ALL`);
  }
}

const fault = (id: string, what: string) => ({
  kind: "approval",
  stream: `approval/${id}`,
  seq: 0n,
  message: `Approval ${id} has another ${what} than its records say.`,
});

describe("I8: what approvals say, against their records", () => {
  it("agrees for every way that one can go, in batches too", async () => {
    expect((await verifyStreams(desk.database.db)).faults).toEqual([]);
    expect(await verifyApprovals(desk.database.db, { batchSize: 2 })).toEqual([]);
    const { state, redeemedAt } = await desk.database.db.approval.findUniqueOrThrow({ where: { id: ids.edited } });
    expect({ state, redeemedAt }).toEqual({ state: "approved", redeemedAt: expect.any(Date) });
  });

  it.each([
    ["rejected", "state = 'approved', valid_until = deadline", "state, end of validity"],
    ["ended", "state = 'pending', comment = NULL", "state"],
    ["rejected", "decided_by_id = (SELECT id FROM person WHERE email = 'ana@example.com')", "decider"],
    ["rejected", "decided_at = decided_at - interval '1 minute'", "time of deciding"],
    ["rejected", "comment = 'As you like.'", "comment"],
    ["cancelled", "comment = NULL", "comment"],
    ["cancelled", "comment = ''", "comment"],
    ["blank", "comment = 'Gladly.'", "comment"],
    ["edited", `args = '{"amount": 200}'`, "set of arguments"],
    ["edited", "args_hash = sha256('x')", "hash of its arguments"],
    ["undone", `args = '{"amount": 1500}'`, "set of arguments"],
    ["edited", "edited_by_id = NULL, edited_at = NULL", "editor, time of editing"],
    ["edited", "valid_until = valid_until + interval '1 day'", "end of validity"],
    ["edited", "release_at = release_at - interval '1 second'", "release"],
    ["edited", "seconds_spent = 600", "time spent"],
    ["edited", "redeemed_at = NULL", "use"],
    ["pending", "answers = '{irreversible}'", "set of answered questions"],
    ["pending", "overrides = '{\"desk-rules/never-wipe@0\"}'", "set of overridden rules"],
    ["pending", "action = 'desk.wipe'", "action, set of arguments"],
    ["voted", "quorum = 1", "number of people who must approve"],
    ["pending", "deadline = deadline + interval '1 day'", "deadline"],
    ["pending", "risk = 'medium'", "risk"],
    [
      "pending",
      "approver_ids = approver_ids || (SELECT id FROM person WHERE email = 'ana@example.com')",
      "set of people who may decide it",
    ],
    ["pending", "excluded_ids = approver_ids", "set of people who may not"],
    ["pending", "requested_at = requested_at - interval '1 hour'", "time of asking"],
  ] as const)("names the %s one of which somebody wrote %s", async (name, change, what) => {
    expect(await verifiedAfter(`UPDATE approval SET ${change} WHERE id = '${ids[name]}'`)).toEqual([
      fault(ids[name], what),
    ]);
  });

  it.each([
    ["voted", "DELETE FROM approval_vote WHERE approval_id ="],
    ["voted", "UPDATE approval_vote SET comment = 'No.' WHERE approval_id ="],
    ["edited", "UPDATE approval_vote SET args_hash = sha256('x') WHERE approval_id ="],
  ] as const)("names the %s one after: %s", async (name, sql) => {
    expect(await verifiedAfter(`${sql} '${ids[name]}'`)).toEqual([fault(ids[name], "set of votes")]);
  });

  it("names one that was approved without anybody, and one that nobody asked for", async () => {
    const { pending, rejected } = ids;
    const forged = `UPDATE approval SET state = 'approved', decided_by_id = r.decided_by_id, decided_at = r.decided_at,
      valid_until = r.deadline FROM (SELECT * FROM approval WHERE id = '${rejected}') r WHERE approval.id = '${pending}'`;
    expect(await verifiedAfter(forged)).toEqual([fault(pending, "state, decider, time of deciding, end of validity")]);
    const swapped = "018f0000-0000-7000-8000-000000000001";
    expect(await verifiedAfter(`UPDATE approval SET id = '${swapped}' WHERE id = '${pending}'`)).toEqual([
      fault(swapped, "question, which nobody asked"),
      expect.objectContaining({ kind: "decision", message: "Its decision has another approval that it asked for." }),
    ]);
  });

  it("names the record of one that is gone", async () => {
    expect(await verifiedAfter(`DELETE FROM approval WHERE id = '${ids.pending}'`)).toEqual([
      expect.objectContaining({ kind: "decision", message: "Its decision has another approval that it asked for." }),
    ]);
  });
});

describe("a run that is taken along", () => {
  const reader = async (email: string): Promise<Viewer> => {
    const viewer = await loadViewer(desk.context, { personId: desk.id(email), sessionEpoch: 0 });
    if (!viewer) throw new Error("no such viewer");
    return viewer;
  };
  const said = { at: new Date("2026-11-21T12:00:00Z"), filters: {} };
  const fileOf = async (email: string, take?: number): Promise<string[]> => {
    const viewer = await reader(email);
    const run = await runToExport(viewer, runId);
    if (!run) throw new Error("no such run");
    let text = "";
    for await (const part of runFile(viewer, run, said, take)) text += part;
    return text.trimEnd().split("\n");
  };

  it("holds all of it, and is proved by the records in it, however many are read at a time", async () => {
    const lines = await fileOf("ana@example.com");
    const found = await verifyExport(lines);
    expect(found).toMatchObject({ complete: true, faults: [] });
    // The run, its ten decisions and three events, and eight approvals.
    expect(found).toMatchObject({ rows: 22, vouched: 18 });
    for (const take of [1, 3]) expect(await fileOf("ana@example.com", take)).toEqual(lines);
  });

  it.each([
    [
      "a decision's evidence",
      /"decision":.*u2028|"decision":.*\u2028/,
      '"reason":"',
      '"reason":"x',
      "resource, evidence",
    ],
    [
      "an approval's decider",
      /"approval":.*"rejected"/,
      /"decidedById":"[^"]+"/,
      '"decidedById":null',
      "another decider",
    ],
    [
      "an approval's arguments",
      /"approval":.*"approved"/,
      '"args":{"amount":150}',
      '"args":{"amount":200}',
      "set of arguments",
    ],
  ])("names the line of %s that somebody changed", async (_, which, from, to, what) => {
    const lines = await fileOf("ana@example.com");
    const at = lines.findIndex((line) => which.test(line));
    const changed = lines.with(at, (lines[at] ?? "").replace(from, to));
    expect((await verifyExport(changed)).faults).toEqual([{ line: at + 1, message: expect.stringContaining(what) }]);
  });

  it("misses a decision and an event that were left out, though the end counts less", async () => {
    for (const [which, what] of [
      ['{"decision":', "1 of the decisions"],
      ['{"event":', "1 of the events"],
    ] as const) {
      const lines = await fileOf("ana@example.com");
      const at = lines.findIndex((line) => line.startsWith(which));
      const end = JSON.parse(lines.at(-1) ?? "");
      const shorter = [
        ...lines.toSpliced(at, 1).slice(0, -1),
        JSON.stringify({ end: { ...end.end, rows: end.end.rows - 1 } }),
      ];
      const { faults } = await verifyExport(shorter);
      expect(faults).toEqual([{ line: lines.length - 1, message: expect.stringContaining(what) }]);
    }
  });

  it("I12: holds no records for whoever may not see the audit, and says so; no run out of sight", async () => {
    const lines = await fileOf("bo@example.com");
    const found = await verifyExport(lines);
    expect(found).toMatchObject({ records: 0, vouched: 0, complete: true, faults: [] });
    expect(found.head?.parts).toEqual(["decisions", "events", "approvals", "reviews"]);
    expect(await runToExport(await reader("bo@example.com"), "018f0000-0000-7000-8000-000000000001")).toBeNull();
    expect(await runToExport(await reader("bo@example.com"), "nonsense")).toBeNull();
  });

  it("is a table too, in pages of any size, without formulas", async () => {
    const viewer = await reader("bo@example.com");
    const run = await runToExport(viewer, runId);
    if (!run) throw new Error("no such run");
    const table = async (take?: number) => {
      let text = "";
      for await (const part of runTimelineCsv(viewer, run, take)) text += part;
      return text;
    };
    const whole = await table();
    // Decisions, events, and the five approvals that were decided or ended.
    expect(whole.trimEnd().split("\r\n")).toHaveLength(1 + 10 + 3 + 5);
    expect(whole).toContain(",step,'=look,");
    expect(await table(2)).toBe(whole);
  });
});
