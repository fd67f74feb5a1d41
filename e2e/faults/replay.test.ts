import { readFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startGateProcess, until, type GateProcess } from "@/e2e/api/gate-process";
import { generatedTranscripts } from "@/e2e/fixtures/airline/transcripts";
import { startCli } from "@/e2e/fixtures/cli-process";
import type { Acknowledged } from "@/lib/cli/replay/journal";
import { ROOT } from "@/lib/db/root";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { seed } from "@/lib/manifest/testing";

const MANIFEST = readFileSync(join(ROOT, "e2e/fixtures/airline/remit.yaml"), "utf8");

let database: TestDatabase;
let gate: GateProcess;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.db, MANIFEST);
  gate = await startGateProcess(database.runtimeUrl);
});
afterAll(async () => {
  await gate.kill();
  await database.close();
});

const acknowledged = (path: string): Acknowledged[] =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("I10: a gate that is killed while transcripts are replayed", () => {
  it("loses nothing that it acknowledged and does nothing twice", { timeout: 600_000 }, async () => {
    const transcripts = generatedTranscripts(120);
    const journal = `${transcripts.path}.journal`;
    const args = ["replay", transcripts.path, "--agent", "desk", "--gate", gate.url, "--journal", journal];
    const cli = startCli(args, { DATABASE_URL: database.ownerUrl });
    const { db } = database;
    for (const done of [15, 50, 85]) {
      await until(async () => (await db.run.count({ where: { endedAt: { not: null } } })) >= done, 120_000);
      await gate.kill();
      gate = await startGateProcess(database.runtimeUrl, { port: gate.port });
    }
    const ended = await cli.ended;
    expect(ended.stderr).toBe("");
    expect(ended).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`120 runs, ${transcripts.calls} tool calls.`),
    });

    const entries = acknowledged(journal);
    const of = <K extends Acknowledged["kind"]>(kind: K) =>
      entries.filter((entry): entry is Extract<Acknowledged, { kind: K }> => entry.kind === kind);
    const runs = await db.run.findMany({ select: { id: true, status: true, decisions: true, events: true } });
    expect(runs.map((run) => run.id).toSorted()).toEqual(
      of("run")
        .map((entry) => entry.runId)
        .toSorted(),
    );
    expect(
      runs.every((run) => run.status === "succeeded" && run.decisions === transcripts.calls / transcripts.runs),
    ).toBe(true);
    const decisions = await db.decision.findMany({ select: { id: true } });
    expect(decisions.map((one) => one.id).toSorted()).toEqual(
      of("decision")
        .map((entry) => entry.decisionId)
        .toSorted(),
    );
    const events = await db.event.findMany({ select: { runId: true, id: true } });
    const stored = events.map((event) => `${event.runId} ${event.id}`).toSorted();
    expect(stored).toEqual(
      of("events")
        .flatMap((entry) => entry.ids.map((id) => `${entry.runId} ${id}`))
        .toSorted(),
    );
    expect(of("complete")).toHaveLength(120);
    // Every decision has exactly one record in a chain.
    const records = await db.auditRecord.findMany({ where: { subjectKind: "decision" }, select: { subjectId: true } });
    expect(records.map((one) => one.subjectId).toSorted()).toEqual(decisions.map((one) => one.id).toSorted());
  });
});
