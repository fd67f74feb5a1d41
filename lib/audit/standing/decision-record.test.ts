import { expect, it } from "vitest";

import { auditBody } from "@/lib/audit/chain";
import { contextHash } from "@/lib/audit/context-hash";
import { decisionDifference, type StoredDecision } from "@/lib/audit/standing/decision-record";
import { argsHash, sha256Hex, type JsonObject } from "@/lib/kernel/json";

const decision: StoredDecision = {
  id: "d",
  runId: "r",
  agentId: "a",
  action: "desk.note",
  effect: "allow",
  code: "allowed",
  mode: "live",
  args: '{"text":"hi"}',
  argsHash: argsHash("desk.note", { text: "hi" }).toString("hex"),
  checks: "[]",
  resource: null,
  evidence: '{"reason":"asked"}',
  estimate: null,
  message: "Allowed.",
  configVersion: "7",
  redeemed: null,
  approvalId: null,
  at: "2026-11-21T10:00:00.000Z",
};

/** The record that the gate makes of it; those of before said nothing of its context. */
function bodyOf(one: StoredDecision, more: JsonObject): string {
  const { runId, agentId, action, code, mode, configVersion } = one;
  const detail = { runId, agentId, action, code, mode, configVersion, argsHash: one.argsHash, ...more };
  const entry = { action: `decision.${one.effect}`, subjectKind: "decision", subjectId: one.id, nodeId: agentId };
  return auditBody("gate/1", 1n, new Date(one.at), { kind: "agent", id: agentId }, { ...entry, detail });
}

const checksHash = sha256Hex("[]");

it("a record of before the context was in records still vouches for what it said", () => {
  const before = bodyOf(decision, { checksHash });
  expect(decisionDifference(before, decision)).toBeNull();
  expect(decisionDifference(before, { ...decision, evidence: null })).toBeNull();
  expect(decisionDifference(before, { ...decision, code: "approved" })).toBe("code");
});

it("one of since then vouches for the context too", () => {
  const since = bodyOf(decision, { checksHash, contextHash: contextHash("allowed", "Allowed.", decision) });
  expect(decisionDifference(since, decision)).toBeNull();
  expect(decisionDifference(since, { ...decision, evidence: null })).toContain("evidence");
  expect(decisionDifference(since, undefined)).toBe("gone");
});
