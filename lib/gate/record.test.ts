import { expect, it } from "vitest";

import { auditBody, GENESIS, linkHash } from "@/lib/audit/chain";
import { linkRecord, recordBody, type DecisionRecord } from "@/lib/gate/record";
import { newId } from "@/lib/kernel/ids";

const record = (more: Partial<DecisionRecord> = {}): DecisionRecord => ({
  decisionId: newId(),
  runId: newId(),
  agentId: newId(),
  action: "airline.cancel_reservation",
  effect: "deny",
  code: "policy_denied",
  argsHash: "ab".repeat(32),
  checksHash: "cd".repeat(32),
  contextHash: null,
  configVersion: 42n,
  mode: "live",
  approvalId: null,
  plan: null,
  redeemed: null,
  at: new Date("2026-11-21T10:00:00.123Z"),
  ...more,
});

const PLAN = {
  approverIds: [],
  excludedIds: [],
  quorum: 1,
  deadline: new Date("2026-11-21T10:30:00.000Z"),
  risk: "medium",
} as const;

it.each([
  record(),
  record({ approvalId: newId(), contextHash: "ef".repeat(32) }),
  record({ redeemed: newId(), effect: "allow", mode: "shadow" }),
  record({ approvalId: newId(), effect: "escalate", plan: { ...PLAN, approverIds: [newId(), newId()] } }),
  record({ approvalId: newId(), effect: "escalate", plan: { ...PLAN, excludedIds: [newId()], quorum: 12 } }),
])("writes the text that the verifier makes of the same record", (one) => {
  const { decisionId, runId, agentId, action, effect, code, argsHash, checksHash, configVersion, mode, at } = one;
  const detail = {
    runId,
    agentId,
    action,
    code,
    argsHash,
    checksHash,
    contextHash: one.contextHash,
    configVersion: configVersion.toString(),
    mode,
    ...(one.approvalId !== null && { approvalId: one.approvalId }),
    ...(one.redeemed !== null && { redeemed: one.redeemed }),
    ...(one.plan && {
      plan: {
        ...one.plan,
        approverIds: [...one.plan.approverIds],
        excludedIds: [...one.plan.excludedIds],
        deadline: one.plan.deadline.toISOString(),
      },
    }),
  };
  const entry = {
    action: `decision.${effect}`,
    subjectKind: "decision",
    subjectId: decisionId,
    nodeId: agentId,
    detail,
  };
  expect(recordBody("gate/1", 7n, one)).toBe(auditBody("gate/1", 7n, at, { kind: "agent", id: agentId }, entry));
});

it("chains each record to the one before", () => {
  const first = linkRecord({ stream: "gate/1", seq: 0n, hash: GENESIS }, record());
  expect(first.head).toMatchObject({ seq: 1n, hash: linkHash(GENESIS, first.link.body) });
  const second = linkRecord(first.head, record());
  expect(second.head.hash).toEqual(linkHash(first.head.hash, second.link.body));
});
