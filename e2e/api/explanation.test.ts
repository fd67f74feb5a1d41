import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, DESK, personOf, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { startRun, type TestRun } from "@/e2e/api/http";
import { suspendAgent } from "@/lib/agents/suspend";
import { resumeAgent } from "@/lib/agents/resume";
import type { Viewer } from "@/lib/auth/viewer";
import { explainDecision, type Explanation } from "@/lib/decisions/explanation";
import { newId } from "@/lib/kernel/ids";
import { seed } from "@/lib/manifest/testing";

let desk: Desk;
let gate: GateProcess;
let run: TestRun;
let ana: Viewer;
beforeAll(async () => {
  desk = await createDesk();
  gate = await startGateProcess(desk.database.runtimeUrl);
  run = await startRun(gate.url, desk.credential, { onBehalfOf: { subject: "customer 7" } });
  ana = await viewer("ana@example.com");
});
afterAll(async () => {
  await gate.stop();
  await desk.close();
});

async function viewer(email: string): Promise<Viewer> {
  const { access, ...context } = await personOf(desk, email);
  if (!access) throw new Error("a person has access");
  return { ...context, access, person: { id: desk.id(email), email, name: email, timeZone: null } };
}

async function explained(action: string, args: object = {}): Promise<Explanation> {
  const { body } = await run.ask(action, args);
  const explanation = await explainDecision(ana, String(body.decisionId));
  if (!explanation) throw new Error(`nothing to explain: ${JSON.stringify(body)}`);
  return explanation;
}
const changes = ({ outlook }: Explanation): string[] =>
  outlook.alone.map(({ changes: made, answer }) => `${made.map((one) => one.words).join()} → ${answer}`);

describe("a stored decision, explained", () => {
  it("says what would have to change, and what each part of the rule came to", async () => {
    const explanation = await explained("desk.refund", { amount: 250 });
    expect(explanation).toMatchObject({ same: true, standing: false, onBehalfOf: "customer 7" });
    expect(changes(explanation)).toEqual([
      "Amount at most 100 → allow",
      "Bo Lind approves → allow",
      "Without the rule desk-rules/large-refund → allow",
    ]);
    expect(explanation.rules).toMatchObject([
      {
        policy: "desk-rules",
        rule: "large-refund",
        condition: { truth: "true", reads: [{ text: "args.amount", value: 250 }] },
      },
    ]);
  });

  it("of one that was allowed, shows the rules that did not hold", async () => {
    const explanation = await explained("desk.refund", { amount: 20 });
    expect(explanation).toMatchObject({ same: true, outlook: { answer: "allow", alone: [] } });
    expect(explanation.rules.map((rule) => rule.condition?.truth)).toEqual(["false"]);
  });

  it("names the grant that is missing, and the fact that is to be read first", async () => {
    expect((await explained("desk.cancel", { id: "7" })).outlook.first).toEqual([
      "desk.read_order is read in this run",
    ]);
    const other = await startRun(gate.url, run.token, { agent: "helper" });
    const { body } = await other.ask("desk.refund", { amount: 5 });
    const explanation = await explainDecision(ana, String(body.decisionId));
    expect(explanation && changes(explanation)).toEqual(["A grant for desk.refund to Helper → allow"]);
  });

  it("looks at what it was, under the rules of then, also when they have changed", async () => {
    const { body } = await run.ask("desk.refund", { amount: 90 });
    await seed(desk.database.db, DESK.replace("args.amount > 100.0", "args.amount > 50.0"));
    const explanation = await explainDecision(ana, String(body.decisionId));
    expect(explanation).toMatchObject({ same: true, outlook: { answer: "allow" } });
    expect(changes(await explained("desk.refund", { amount: 90 }))[0]).toBe("Amount at most 50 → allow");
  });

  it("tells what was refused for how things stood from what was asked", async () => {
    await suspendAgent(desk.context, { id: desk.id("desk"), reason: "A test." });
    const explanation = await explained("desk.note");
    expect(explanation).toMatchObject({ standing: true, same: true, outlook: { answer: "allow" } });
    await resumeAgent(desk.context, { id: desk.id("desk"), reason: "It is over." });
  });

  it("I12: is null for a decision of another subtree, an unknown and a malformed id", async () => {
    const { body } = await run.ask("desk.note");
    const stranger = { ...ana, access: { ...ana.access, nodes: () => new Set<string>() } };
    expect(await explainDecision(stranger, String(body.decisionId))).toBeNull();
    for (const id of [newId(), "", "x"]) expect(await explainDecision(ana, id)).toBeNull();
  });
});
