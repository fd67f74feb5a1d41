import { expect, it } from "vitest";

import { approveApproval } from "@/lib/approvals/approve";
import { askAgent } from "@/lib/approvals/ask";
import { assignApproval, claimApproval } from "@/lib/approvals/assign";
import type { Viewer } from "@/lib/auth/viewer";
import { newId } from "@/lib/kernel/ids";
import { acme, database, now, smtp, subjects, tick, waiting } from "@/lib/notify/deliver/deliver-testing";

const as = async (personId: string): Promise<Viewer> => ({
  ...(await acme.viewer(personId)),
  clock: { now: () => now },
});
const unread = (personId: string, kind: string) =>
  database.db.notification.count({ where: { personId, readAt: null, notice: { kind } } });

it("who asked an agent something is told of its answer, once, without its text, until the approval is decided", async () => {
  const { rob, ada, desk } = acme.ids;
  const approvalId = await waiting();
  const asked = await askAgent(await as(rob), { approvalId, text: "Which order?" });
  const questionId = asked.ok ? asked.value.questionId : "";
  await tick(1);
  expect(await subjects(rob)).not.toContain("approval.answered");
  await database.db.approvalEntry.create({
    data: {
      id: newId(),
      approvalId,
      kind: "answer",
      authorAgentId: desk,
      text: "The order of Jane Roe.",
      at: now,
      answersId: questionId,
    },
  });
  await tick(2);
  await tick(3);
  expect((await subjects(rob)).filter((kind) => kind === "approval.answered")).toHaveLength(1);
  expect(await subjects(ada)).not.toContain("approval.answered");
  expect(smtp.got.map((mail) => mail.raw).join("\n")).not.toContain("Jane Roe");
  expect(await approveApproval(await as(rob), { approvalId })).toMatchObject({ ok: true });
  await tick(30);
  expect(await unread(rob, "approval.answered")).toBe(0);
});

it("who is given an approval to take care of is told, once; who takes it is not", async () => {
  const { rob, ada } = acme.ids;
  const approvalId = await waiting();
  await claimApproval(await as(rob), { approvalId });
  await tick(1);
  expect(await subjects(rob)).not.toContain("approval.assigned");
  await assignApproval(await as(rob), { approvalId, personId: ada });
  await tick(2);
  await assignApproval(await as(ada), { approvalId, personId: rob });
  await assignApproval(await as(rob), { approvalId, personId: ada });
  await tick(3);
  expect((await subjects(ada)).filter((kind) => kind === "approval.assigned")).toHaveLength(1);
  expect((await subjects(rob)).filter((kind) => kind === "approval.assigned")).toHaveLength(1);
  await approveApproval(await as(rob), { approvalId });
  await tick(30);
  expect(await unread(ada, "approval.assigned")).toBe(0);
});
