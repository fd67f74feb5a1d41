import { at, seedAcme } from "@/lib/approvals/test-store";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/kernel/ids";
import { sha256 } from "@/lib/kernel/json";

/** Acme with one of each kind that waits, some that do not, and some out of Rob's sight. */
export async function seedInbox(db: Db) {
  const acme = await seedAcme(db);
  const { ada, rob, fay, support, desk, helper, ledger } = acme.ids;
  const mia = await acme.person("Mia");
  await acme.bind(mia, "manager", support);
  await db.action.create({
    data: { id: "crm.refund", systemId: "crm", title: "Refund", kind: "execute", impact: "high" },
  });
  const deskRun = await acme.run(desk, { onBehalfOf: { subject: "customer 7" } });
  const helperRun = await acme.run(helper);
  const ledgerRun = await acme.run(ledger);
  const keys: Record<string, string> = {};
  const approval = async (name: string, ...[run, approverIds, more]: Parameters<typeof acme.approval>) => {
    keys[name] = `approval:${(await acme.approval(run, approverIds, { askedIds: approverIds, ...more })).id}`;
  };
  await approval("low", deskRun, [rob, ada], { risk: "low", deadline: at(60) });
  await approval("highLater", deskRun, [rob, ada], {
    risk: "high",
    deadline: at(7_200),
    action: "crm.refund",
    args: { order: "4WQ150", amount: 250, currency: "EUR" },
  });
  await approval("highSooner", helperRun, [rob, ada], { risk: "high", deadline: at(600) });
  await approval("notAsked", deskRun, [ada], { risk: "medium" });
  await approval("askedLater", deskRun, [ada, rob], { risk: "medium", askedIds: [ada] });
  await approval("excluded", deskRun, [rob, ada], { risk: "medium", excludedIds: [rob] });
  await approval("taken", deskRun, [rob, ada], {
    risk: "medium",
    assigneeId: ada,
    assignedAt: at(-9),
    assignedById: ada,
  });
  await approval("claimed", deskRun, [ada, rob], {
    risk: "low",
    askedIds: [ada],
    assigneeId: rob,
    assignedAt: at(-9),
    assignedById: rob,
  });
  await approval("voted", deskRun, [rob, ada], { risk: "medium", quorum: 2 });
  await approval("snoozed", deskRun, [rob, ada], { risk: "high", deadline: at(9_000) });
  await approval("awake", deskRun, [rob, ada], { risk: "medium", deadline: at(9_000) });
  await approval("overdue", deskRun, [rob], { risk: "high", deadline: at(-1) });
  await approval("foreign", ledgerRun, [fay, rob], { risk: "high" });
  await approval("rejected", deskRun, [rob], { state: "rejected", decidedAt: at(-20), decidedById: ada });
  const idOf = (name: string) => (keys[name] ?? "").slice("approval:".length);
  await db.approvalVote.create({
    data: { approvalId: idOf("voted"), personId: rob, argsHash: new Uint8Array(sha256("x")), at: at(-5) },
  });
  await db.approvalSnooze.create({ data: { approvalId: idOf("snoozed"), personId: rob, until: at(3_600) } });
  await db.approvalSnooze.create({ data: { approvalId: idOf("awake"), personId: rob, until: at(-1) } });

  for (const [name, run, risk] of [
    ["review", deskRun, "low"],
    ["foreignReview", ledgerRun, "high"],
  ] as const) {
    const decisionId = await acme.decision(run, { effect: "allow" });
    const id = newId();
    await db.review.create({
      data: {
        id,
        decisionId,
        runId: run.id,
        agentId: run.agentId,
        action: "crm.update_account",
        risk,
        createdAt: at(-300),
        deadline: at(1_200),
      },
    });
    keys[name] = `review:${id}`;
  }
  for (const [name, subject] of [
    ["appeal", "authority"],
    ["policyAppeal", "policy"],
  ] as const) {
    const decisionId = await acme.decision(deskRun, { effect: "deny", code: "policy_denied" });
    const id = newId();
    await db.appeal.create({
      data: {
        id,
        decisionId,
        runId: deskRun.id,
        agentId: desk,
        action: "crm.refund",
        code: "policy_denied",
        subject,
        rules: [],
        reason: "Please.",
        openedAt: at(-200),
        requestHash: new Uint8Array(sha256(id)),
      },
    });
    keys[name] = `appeal:${id}`;
  }
  const conflictId = newId();
  await db.policyConflict.create({
    data: {
      id: conflictId,
      agentId: desk,
      allowRule: "a/one",
      denyRule: "b/two",
      action: "crm.update_account",
      openKey: conflictId,
      firstAt: at(-400),
      lastAt: at(-400),
      lastDecisionId: await acme.decision(deskRun),
    },
  });
  keys.conflict = `conflict:${conflictId}`;
  await db.agent.update({ where: { id: helper }, data: { tier: "prepare" } });
  const promotionId = newId();
  await db.promotion.create({
    data: {
      id: promotionId,
      agentId: helper,
      fromTier: "prepare",
      toTier: "escalate",
      agentVersion: 1,
      record: {},
      reason: "Did well.",
      requestedById: ada,
      requestedAt: at(-100),
    },
  });
  keys.promotion = `promotion:${promotionId}`;
  await db.unclassifiedAction.create({
    data: { action: "mail.send", firstAt: at(-500), lastAt: at(-50), sampleIds: [] },
  });
  await db.actionUse.create({
    data: { action: "mail.send", day: at(0), agentId: desk, allowed: 0, escalated: 1, denied: 2, lastAt: at(-50) },
  });
  keys.action = "action:mail.send";
  return { ...acme, ids: { ...acme.ids, mia }, keys };
}
