import { at, NOW, seedAcme } from "@/lib/approvals/test-store";
import type { CommandContext } from "@/lib/audit/change";
import { recordDecisions } from "@/lib/catalogue/digest-testing";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { raiseReviews } from "@/lib/reviews/raise";
import type { Lapse } from "@/lib/reviews/views";
import { createTestDatabase } from "@/lib/db/testing";

export { at, NOW } from "@/lib/approvals/test-store";

/** Acme, whose desk refunds orders: `crm.refund` is undone by `crm.cancel_refund`, whose argument is the refund that the result names. */
export async function reviewDesk() {
  const database = await createTestDatabase();
  const { db } = database;
  const acme = await seedAcme(db);
  let now = NOW;
  const args = { type: "object", required: ["refund"], properties: { refund: { type: "string" } } };
  await db.action.create({
    data: { id: "crm.cancel_refund", systemId: "crm", title: "Cancel a refund", kind: "execute", args },
  });
  await db.action.create({
    data: {
      id: "crm.refund",
      systemId: "crm",
      title: "Refund an order",
      kind: "execute",
      impact: "medium",
      args: { type: "object", required: ["order"], properties: { order: { type: "string" } } },
      rollback: "crm.cancel_refund",
      rollbackArgs: { refund: "$.result.id" },
    },
  });
  await db.credential.create({
    data: { id: newId(), agentId: acme.ids.desk, name: "test", prefix: "rmt_x", secretHash: new Uint8Array(32) },
  });
  const worker = (): CommandContext => ({
    db,
    actor: { kind: "system", id: "worker" },
    clock: { now: () => now },
    newId,
  });
  /** As a person, at the time that the test's clock shows. */
  const as = async (personId: string): Promise<CommandContext> => ({
    ...(await acme.viewer(personId)),
    clock: { now: () => now },
  });
  /** An action that was allowed with review, decided at `at(-300)`, with a window of an hour. */
  const reviewed = async ({
    onLapse,
    reported = { ok: true, result: { id: "re_1" } } as JsonObject | null,
    run = {},
    ...more
  }: {
    onLapse?: Lapse;
    reported?: JsonObject | null;
    run?: Parameters<typeof acme.run>[1];
  } & Partial<Parameters<typeof acme.decision>[1]> = {}) => {
    const of = await acme.run(acme.ids.desk, run);
    const saw = { rules: ["refunds/look"], ...(onLapse && { onLapse }) };
    const decisionId = await acme.decision(of, {
      action: "crm.refund",
      args: { order: "A-1" },
      code: "allowed_with_review",
      reviewDeadline: at(3_300),
      checks: [{ check: "policy", outcome: "review", code: "allowed_with_review", message: "A rule asks.", saw }],
      ...more,
    });
    if (reported)
      await acme.event(of, `tool-${decisionId}`, {
        kind: "tool",
        decisionId,
        payload: reported as object,
        at: at(-250),
      });
    await recordDecisions(db, [decisionId]);
    await raiseReviews(worker());
    const review = await db.review.findUnique({ where: { decisionId } });
    return { id: review?.id ?? "", decisionId, run: of };
  };
  return {
    ...acme,
    database,
    db,
    worker,
    as,
    reviewed,
    moveTo: (time: Date) => void (now = time),
    stored: (id: string) => db.review.findUniqueOrThrow({ where: { id }, include: { rollbacks: true } }),
    records: async (id: string) =>
      (await db.auditRecord.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } })).map((one) => one.action),
    close: () => database.close(),
  };
}
