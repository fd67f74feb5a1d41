import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, personOf, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { startRun } from "@/e2e/api/http";
import { approveApproval } from "@/lib/approvals/approve";
import { verifyStreams } from "@/lib/audit/verify-streams";

let desk: Desk;
let gate: GateProcess;
let denied: string;
let redeeming: string;
/** Made on a resource, evidence and an estimate. */
let founded: string;
/** Made on nothing of the kind, and answered in its code's words. */
let plain: string;

beforeAll(async () => {
  desk = await createDesk();
  gate = await startGateProcess(desk.database.runtimeUrl);
  const run = await startRun(gate.url, desk.credential);
  const arguments_ = [
    { id: "o1" },
    { id: "line\u2028feed \ud83d\ude00", n: 1e21, deep: { b: [null, -0, 1.5], a: "" } },
  ];
  for (const args of arguments_) await run.ask("desk.read_order", args);
  plain = String((await run.ask("desk.read_order", { id: "o0" })).body["decisionId"]);
  const { approval } = (await run.ask("desk.refund", { amount: 250 })).body;
  const approvalId = (approval as { id: string }).id;
  await approveApproval(await personOf(desk, "bo@example.com"), { approvalId });
  redeeming = String((await run.ask("desk.refund", { amount: 250 }, { approvalId })).body["decisionId"]);
  const context = {
    resource: { id: "o\u2028", owner: "ann" },
    evidence: { reason: "😀 of\nthe order", sources: [1e21, -0] },
    estimate: { costUsd: 0.25 },
  };
  founded = String((await run.ask("desk.read_order", { id: "o3" }, context)).body["decisionId"]);
  denied = String((await run.ask("desk.wipe")).body["decisionId"]);
});
afterAll(async () => {
  await gate.stop();
  await desk.close();
});

/** What the verifier says of a store in which somebody who owns it ran this behind the guards. */
async function verifiedAfter(sql: string) {
  const { ownerDb } = desk.database;
  await ownerDb.$executeRawUnsafe("CREATE TABLE kept AS TABLE decision");
  await ownerDb.$executeRawUnsafe("ALTER TABLE decision DISABLE TRIGGER ALL");
  try {
    await ownerDb.$executeRawUnsafe(sql);
    return (await verifyStreams(desk.database.db)).faults;
  } finally {
    await ownerDb.$executeRawUnsafe("DELETE FROM decision");
    await ownerDb.$executeRawUnsafe("INSERT INTO decision SELECT * FROM kept");
    await ownerDb.$executeRawUnsafe("DROP TABLE kept");
    await ownerDb.$executeRawUnsafe("ALTER TABLE decision ENABLE TRIGGER ALL");
  }
}

describe("I8: what decisions say, against their records", () => {
  it("agrees for every decision that the gate made", async () => {
    expect((await verifyStreams(desk.database.db)).faults).toEqual([]);
  });

  it.each([
    ["effect = 'allow', code = 'allowed'", "Its decision has another effect."],
    ["code = 'allowed'", "Its decision has another code."],
    ["action = 'desk.note'", "Its decision has another action."],
    [`args = '{"id": "o2"}'`, "Its decision has another set of arguments."],
    [`args = 'null'`, "Its decision has another set of arguments."],
    [
      "args_hash = set_byte(args_hash, 0, 255 - get_byte(args_hash, 0))",
      "Its decision has another hash of its arguments.",
    ],
    [`checks = '[]'`, "Its decision has another set of checks."],
    ["config_version = config_version + 1", "Its decision has another version of the configuration."],
    ["at = at - interval '1 hour'", "Its decision has another time."],
    ["mode = 'shadow'", "Its decision has another mode."],
  ])("names the record of a decision whose %s somebody wrote", async (change, message) => {
    expect(await verifiedAfter(`UPDATE decision SET ${change} WHERE id = '${denied}'`)).toEqual([
      expect.objectContaining({ kind: "decision", stream: expect.stringMatching(/^gate\//), message }),
    ]);
  });

  it.each([
    [`resource = '{"id": "o2"}'`],
    ["resource = NULL"],
    ["evidence = '{}'"],
    ["evidence = NULL, resource = evidence"],
    [`estimate = '{"costUsd": 0.26}'`],
    ["message = 'Allowed!'"],
  ])("names the record of a decision on whose context somebody wrote %s", async (change) => {
    const message = "Its decision has another resource, evidence, estimate or message.";
    expect(await verifiedAfter(`UPDATE decision SET ${change} WHERE id = '${founded}'`)).toEqual([
      expect.objectContaining({ kind: "decision", stream: expect.stringMatching(/^gate\//), message }),
    ]);
  });

  it.each([
    [`resource = '{}'`, "resource"],
    ["evidence = 'null'", "evidence"],
    [`estimate = '{"tokens": 1}'`, "estimate"],
    ["message = 'Go on.'", "message"],
  ])("names what was given to one that had none: %s", async (change, name) => {
    expect(await verifiedAfter(`UPDATE decision SET ${change} WHERE id = '${plain}'`)).toEqual([
      expect.objectContaining({ kind: "decision", message: `Its decision has another ${name}.` }),
    ]);
  });

  it("names the record of one that used up an approval and says so no more", async () => {
    const forgotten = `UPDATE decision SET redeemed_approval_id = NULL WHERE id = '${redeeming}'`;
    expect(await verifiedAfter(forgotten)).toEqual([
      expect.objectContaining({ kind: "approval", message: expect.stringContaining("has another use") }),
      expect.objectContaining({ kind: "decision", message: "Its decision has another approval used up." }),
    ]);
  });

  it("misses one that is gone, and one that was slipped in", async () => {
    expect(await verifiedAfter(`DELETE FROM decision WHERE id = '${denied}'`)).toEqual([
      expect.objectContaining({ kind: "decision", message: "Its decision is gone." }),
    ]);
    const columns =
      "run_id, agent_id, action, args, args_hash, effect, code, message, checks, mode, config_version, latency_us, at";
    const forged = "018f0000-0000-7000-8000-000000000001";
    expect(
      await verifiedAfter(
        `INSERT INTO decision (id, ${columns}) SELECT '${forged}', ${columns} FROM decision WHERE id = '${denied}'`,
      ),
    ).toEqual([expect.objectContaining({ kind: "decision", seq: 0n, message: `Decision ${forged} has no record.` })]);
  });
});
