import { expect, it } from "vitest";

import { auditBody } from "@/lib/audit/chain";
import { approvalDifferences, type StoredApproval } from "@/lib/audit/standing/approval-record";
import type { RecordedStep } from "@/lib/audit/standing/steps";
import { argsHash, type JsonObject } from "@/lib/kernel/json";

const AT = "2026-11-21T10:00:00.000Z";
const hash = argsHash("desk.refund", { amount: 200 }).toString("hex");

const plan = {
  approverIds: ["ana", "bo"],
  excludedIds: ["cy"],
  quorum: 2,
  deadline: "2026-11-21T10:30:00.000Z",
  risk: "high",
};

const stored: StoredApproval = {
  id: "a",
  runId: "r",
  agentId: "g",
  action: "desk.refund",
  args: '{"amount":200}',
  argsHash: hash,
  state: "pending",
  requestedAt: AT,
  decidedAt: null,
  decidedById: null,
  comment: null,
  releaseAt: null,
  validUntil: null,
  redeemedAt: null,
  secondsSpent: null,
  editedById: null,
  editedAt: null,
  answers: [],
  overrides: [],
  votes: [],
  asked: { runId: "r", agentId: "g", action: "desk.refund", argsHash: hash },
  usedAt: null,
  ...plan,
};

const step = (stream: string, action: string, subject: string, detail: JsonObject): RecordedStep => {
  const entry = { action, subjectKind: subject === "d" ? "decision" : "approval", subjectId: subject, nodeId: "g" };
  return {
    stream,
    seq: "1",
    body: auditBody(stream, 1n, new Date(AT), { kind: "agent", id: "g" }, { ...entry, detail }),
  };
};

const asked = (more: JsonObject) => step("gate/1", "decision.escalate", "d", { approvalId: "a", ...more });
const contact = step("configuration", "approval.contact", "a", { asked: ["dee"] });

it("I8: the record of the question vouches for who may answer it, how many must, until when, and how risky it is", () => {
  const said = [asked({ plan })];
  expect(approvalDifferences(stored, said)).toEqual([]);
  const changed: [Partial<StoredApproval>, string][] = [
    [{ approverIds: ["ana", "bo", "dee"] }, "set of people who may decide it"],
    [{ approverIds: ["ana"] }, "set of people who may decide it"],
    [{ excludedIds: [] }, "set of people who may not"],
    [{ quorum: 1 }, "number of people who must approve"],
    [{ deadline: "2026-11-22T10:30:00.000Z" }, "deadline"],
    [{ risk: "low" }, "risk"],
  ];
  for (const [change, what] of changed) expect(approvalDifferences({ ...stored, ...change }, said)).toEqual([what]);
});

it("whom a route reached later may decide it by the record that says so", () => {
  const reached = { ...stored, approverIds: ["ana", "bo", "dee"] };
  expect(approvalDifferences(reached, [contact, asked({ plan })])).toEqual([]);
});

it("a record of before the plan was in records vouches for none", () => {
  expect(approvalDifferences({ ...stored, quorum: 1 }, [asked({}), contact])).toEqual([]);
});
