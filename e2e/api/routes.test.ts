import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, DESK, personOf, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun, type TestRun } from "@/e2e/api/http";
import { approveApproval } from "@/lib/approvals/approve";
import { askedOf } from "@/lib/approvals/route/asked";
import { loadViewer } from "@/lib/auth/load-viewer";
import type { Viewer } from "@/lib/auth/viewer";
import { endAbsence, setAbsence } from "@/lib/people/absence-set";
import { swapTurn } from "@/lib/rotations/swap";

/** Cy and Di are on call by turns of a year, Cy first; Ana is the agent's owner. */
const RULES = `
      - {id: on-call, match: {actions: [desk.refund]}, when: args.amount > 100.0, effect: escalate, to: ["rotation:night"], then: [{to: ["role:admin@support"], after: 10m}], deadline: 30m}
      - {id: two-people, match: {actions: [desk.refund]}, when: args.amount > 1000.0, effect: escalate, to: ["role:reviewer@support"], quorum: 2, excludeOwner: true, deadline: 20m}`;
const LARGE =
  "- {id: large-refund, match: {actions: [desk.refund]}, when: args.amount > 100.0, effect: escalate, to: [bo@example.com], deadline: 30m, message: A person decides large refunds.}";
const MANIFEST = DESK.replace(
  "chart:",
  `  - {email: cy@example.com, name: Cy Ode, roles: [{role: reviewer, node: support}]}
  - {email: di@example.com, name: Di Voss, roles: [{role: reviewer, node: support}]}
rotations:
  - {id: night, node: support, members: [cy@example.com, di@example.com], shift: 52w, start: 2026-01-05}
chart:`,
).replace(`      ${LARGE}`, RULES.slice(1));

let desk: Desk;
let gate: GateProcess;
let run: TestRun;
beforeAll(async () => {
  desk = await createDesk(MANIFEST);
  gate = await startGateProcess(desk.database.runtimeUrl);
  run = await startRun(gate.url, desk.credential);
});
afterAll(async () => {
  await gate.stop();
  await desk.close();
});

const asked = async (args: object, on = run): Promise<string> => {
  const { body } = await on.ask("desk.refund", args);
  expect(body.effect).toBe("escalate");
  return (body.approval as { id: string }).id;
};
const stored = (id: string) => desk.database.db.approval.findUniqueOrThrow({ where: { id } });
const people = (...emails: string[]): string[] => emails.map((name) => desk.id(`${name}@example.com`));
async function viewer(email: string): Promise<Viewer> {
  const { db } = desk.database;
  const loaded = await loadViewer({ ...desk.context, db }, { personId: desk.id(email), sessionEpoch: 0 });
  if (!loaded) throw new Error("no such viewer");
  return loaded;
}

describe("a rule's route, through the gate", () => {
  it("asks who is on call; all members may decide, and the next contact comes after ten minutes", async () => {
    const approval = await stored(await asked({ amount: 200 }));
    expect(approval).toMatchObject({ askedIds: people("cy"), quorum: 1, routeStep: 0 });
    expect(approval.approverIds.toSorted()).toEqual(people("cy", "di", "ana").toSorted());
    expect((approval.nextContactAt?.getTime() ?? 0) - approval.requestedAt.getTime()).toBe(600_000);
    expect(await askedOf(await viewer("bo@example.com"), approval.id)).toMatchObject({
      now: [{ name: "Cy Ode", note: { kind: "on_call", rotation: "Night" } }],
      next: [{ people: [{ name: "Ana Reyes", note: null }] }],
      quorum: 1,
      can: 3,
    });
  });

  it("a swap and an absence bind the next decision, and look again at what waits", async () => {
    const before = await asked({ amount: 201 });
    const cy = await personOf(desk, "cy@example.com");
    const away = await setAbsence(cy, {
      personId: desk.id("cy@example.com"),
      startsAt: new Date(Date.now() - 1_000).toISOString(),
      endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      delegateId: desk.id("bo@example.com"),
    });
    if (!away.ok) throw new Error(away.error.message);
    expect((await stored(before)).nextContactAt?.getTime()).toBeLessThanOrEqual(Date.now());
    const delegated = await stored(await asked({ amount: 202 }));
    expect(delegated.askedIds).toEqual(people("bo"));
    expect(delegated.approverIds).toContain(people("bo")[0]);
    expect(await endAbsence(cy, { absenceId: away.value.id })).toMatchObject({ ok: true });

    const { id: rotationId } = await desk.database.db.rotation.findFirstOrThrow();
    const swapped = await swapTurn(await personOf(desk, "ana@example.com"), {
      rotationId,
      personId: desk.id("di@example.com"),
      startsAt: new Date(Date.now() - 1_000).toISOString(),
      endsAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    expect(swapped).toMatchObject({ ok: true });
    expect((await stored(await asked({ amount: 203 }))).askedIds).toEqual(people("di"));
  });

  it("two rules together are as strict as both: most people, all contacts, soonest deadline, never the owner", async () => {
    const approval = await stored(await asked({ amount: 2_000 }));
    expect(approval.quorum).toBe(2);
    expect(approval.excludedIds).toEqual(people("ana"));
    expect(approval.approverIds.toSorted()).toEqual(people("bo", "cy", "di").toSorted());
    expect(approval.deadline.getTime() - approval.requestedAt.getTime()).toBe(20 * 60_000);
  });

  it("I3: two people must agree: one is not enough, and twice the same neither; then it is redeemed", async () => {
    const args = { amount: 2_001 };
    const approvalId = await asked(args);
    const poll = () => call(gate.url, "GET", `/approvals/${approvalId}?wait=0`, { bearer: run.token });
    const [ana, bo, cy] = await Promise.all(["ana", "bo", "cy"].map((name) => personOf(desk, `${name}@example.com`)));
    if (!ana || !bo || !cy) throw new Error("nobody there");
    expect(await approveApproval(ana, { approvalId })).toMatchObject({ error: { code: "approval_not_yours" } });
    expect(await approveApproval(bo, { approvalId })).toMatchObject({ ok: true, value: { votes: 1, quorum: 2 } });
    expect(await approveApproval(bo, { approvalId })).toMatchObject({ ok: false });
    expect((await poll()).body).toMatchObject({ state: "pending" });
    expect((await run.ask("desk.refund", args, { approvalId })).body).toMatchObject({ effect: "deny" });
    expect(await approveApproval(cy, { approvalId })).toMatchObject({ ok: true, value: { state: "approved" } });
    expect((await poll()).body).toMatchObject({ state: "approved" });
    expect((await run.ask("desk.refund", args, { approvalId })).body).toMatchObject({ effect: "allow" });
  });

  it("fewer can than must: it is asked all the same, of nobody else, and says so", async () => {
    const cy = desk.id("cy@example.com");
    const own = await startRun(gate.url, desk.credential, { onBehalfOf: { subject: "bo@example.com" } });
    const { db } = desk.database;
    await db.$transaction([
      db.roleBinding.deleteMany({ where: { personId: cy } }),
      db.configuration.update({ where: { id: 1 }, data: { version: { increment: 1 } } }),
    ]);
    const id = await asked({ amount: 3_000 }, own);
    expect(await stored(id)).toMatchObject({ approverIds: people("di"), askedIds: people("di"), quorum: 2 });
    expect(await askedOf(await viewer("ana@example.com"), id)).toMatchObject({ quorum: 2, can: 1 });
  });

  it("without a rule's word the nearest above is asked, and the next after the setting's time", async () => {
    const { body } = await run.ask("desk.close");
    const approval = await stored((body.approval as { id: string }).id);
    expect(approval.askedIds).toEqual(people("ana"));
    expect(approval.approverIds.length).toBeGreaterThan(1);
    // High risk: a quarter of an hour.
    expect((approval.nextContactAt?.getTime() ?? 0) - approval.requestedAt.getTime()).toBe(900_000);
  });
});
