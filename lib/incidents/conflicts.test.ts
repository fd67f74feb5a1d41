import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { NOW, seedAcme } from "@/lib/approvals/test-store";
import type { CommandContext } from "@/lib/audit/change";
import { recordDecisions } from "@/lib/catalogue/digest-testing";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { conflictPairs } from "@/lib/incidents/conflict-pairs";
import { resolveConflict } from "@/lib/incidents/conflict-resolve";
import { raiseConflicts } from "@/lib/incidents/conflicts-raise";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { storedChecks } from "@/lib/decisions/stored-checks";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
});
afterAll(() => database.close());

const worker = (): CommandContext => ({
  db: database.db,
  actor: { kind: "system", id: "worker" },
  clock: { now: () => NOW },
  newId,
});
const rule = (name: string, effect: string, more: JsonObject = {}): JsonObject => ({
  policy: "p",
  version: 1,
  rule: name,
  effect,
  matched: true,
  ...more,
});
const trace = (...rules: JsonObject[]): JsonObject[] => [
  { check: "policy", outcome: "deny", code: "policy_conflict", message: "", saw: {}, rules },
];
const contradicted = async (agentId: string, rules: JsonObject[]): Promise<string> =>
  acme.decision(await acme.run(agentId), {
    effect: "deny",
    code: "policy_conflict",
    checks: trace(...rules),
  });
const open = () =>
  database.db.policyConflict.findMany({ where: { resolvedAt: null }, orderBy: [{ allowRule: "asc" }, { id: "asc" }] });

describe("what contradicts what", () => {
  it("pairs each allow with each deny that held, and leaves out what erred or did not match", () => {
    const checks = storedChecks(
      trace(
        rule("vip", "allow"),
        rule("bulk", "allow"),
        rule("never", "deny"),
        rule("broken", "deny", { error: "no such field" }),
        rule("other", "deny", { matched: false }),
        rule("asks", "escalate"),
      ),
    );
    expect(conflictPairs(checks)).toEqual([
      { allowRule: "p/vip", denyRule: "p/never" },
      { allowRule: "p/bulk", denyRule: "p/never" },
    ]);
    expect(conflictPairs([])).toEqual([]);
  });
});

describe("raising", () => {
  it("opens one per pair of rules and agent, counts each decision once, whoever reads and however often", async () => {
    const rules = [rule("vip", "allow"), rule("never", "deny")];
    const ids = [
      await contradicted(acme.ids.desk, rules),
      await contradicted(acme.ids.desk, rules),
      await contradicted(acme.ids.ledger, rules),
    ];
    await recordDecisions(database.db, ids);
    const raised = await Promise.all([raiseConflicts(worker()), raiseConflicts(worker())]);
    expect(raised.reduce((sum, one) => sum + one.opened, 0)).toBe(2);
    expect(await raiseConflicts(worker())).toEqual({ opened: 0 });
    const found = await open();
    expect(found.map((one) => [one.agentId, one.times]).toSorted((a, b) => Number(b[1]) - Number(a[1]))).toEqual([
      [acme.ids.desk, 2],
      [acme.ids.ledger, 1],
    ]);
    await recordDecisions(database.db, [await contradicted(acme.ids.desk, rules)]);
    expect(await raiseConflicts(worker())).toEqual({ opened: 0 });
    expect((await open()).find((one) => one.agentId === acme.ids.desk)?.times).toBe(3);
  });

  it("is resolved once by who may, and raised anew when it happens again", async () => {
    const conflict = (await open()).find((one) => one.agentId === acme.ids.desk);
    const input = { conflictId: conflict?.id ?? "", note: "The allow is narrower now." };
    const [ada, rob, fay] = await Promise.all([acme.ids.ada, acme.ids.rob, acme.ids.fay].map((id) => acme.viewer(id)));
    if (!ada || !rob || !fay) throw new Error("nobody there");
    expect(await resolveConflict(rob, input)).toMatchObject({ ok: false, error: { code: "forbidden" } });
    expect(await resolveConflict(fay, input)).toMatchObject({ ok: false, error: { code: "not_found" } });
    expect(await resolveConflict(ada, input)).toMatchObject({ ok: true });
    expect(await resolveConflict(ada, input)).toMatchObject({ ok: false, error: { code: "conflict" } });
    const again = await contradicted(acme.ids.desk, [rule("vip", "allow"), rule("never", "deny")]);
    await recordDecisions(database.db, [again]);
    expect(await raiseConflicts(worker())).toEqual({ opened: 1 });
  });
});
