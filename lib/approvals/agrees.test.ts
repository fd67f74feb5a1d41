import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";

import { approveApproval } from "@/lib/approvals/approve";
import { cancelApproval } from "@/lib/approvals/cancel";
import { expireApprovals } from "@/lib/approvals/expire";
import { step as machine, type ApprovalEvent, type ApprovalRecord } from "@/lib/approvals/machine";
import { rejectApproval } from "@/lib/approvals/reject";
import { hex } from "@/lib/approvals/settle";
import { at, seedAcme } from "@/lib/approvals/test-store";
import { undoDecision } from "@/lib/approvals/undo";
import type { CommandContext } from "@/lib/audit/change";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
/** Two who may, one who is excluded, one who is not asked. */
let people: [string, string, string, string];

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  const make = async (name: string) => {
    const id = await acme.person(name);
    await acme.bind(id, "reviewer", acme.ids.support);
    return id;
  };
  people = [await make("Ana"), await make("Bo"), await make("Cy"), await make("Di")];
});
afterAll(() => database.close());

interface Act {
  kind: "approve" | "reject" | "undo" | "cancel" | "expire" | "redeem";
  who: number;
  second: number;
}
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom("approve", "approve", "approve", "reject", "undo", "undo", "cancel", "expire", "redeem"),
  who: fc.constantFrom(0, 0, 1, 1, 2, 3),
  second: fc.integer({ min: 0, max: 30 }),
});

/** Five seconds until the release, an hour to use it: the settings of this organisation. */
const eventOf = ({ kind, who, second }: Act, record: ApprovalRecord): ApprovalEvent => {
  const now = at(second);
  const by = people[who] ?? "";
  const { runId, agentId, action, argsHash } = record;
  switch (kind) {
    case "approve": {
      const release = { releaseAt: at(second + 5), validUntil: at(second + 3_605) };
      return { kind, by, holdsRole: true, at: now, argsHash, stillMay: new Set(people), ...release };
    }
    case "reject":
      return { kind, by, holdsRole: true, at: now, releaseAt: at(second + 5) };
    case "undo":
      return { kind, by, at: now, runOpen: true };
    case "cancel":
    case "expire":
      return { kind, at: now };
    case "redeem":
      return { kind, at: now, runId, agentId, action, argsHash };
  }
};

/** The same in the store; whether it happened. */
async function perform({ kind, who, second }: Act, id: string): Promise<boolean> {
  const clock = { now: () => at(second) };
  const person = { ...(await acme.viewer(people[who] ?? "")), clock };
  const worker: CommandContext = { db: database.db, actor: { kind: "system", id: "worker" }, clock, newId };
  switch (kind) {
    case "approve":
      return (await approveApproval(person, { approvalId: id })).ok;
    case "reject":
      return (await rejectApproval(person, { approvalId: id, comment: "No." })).ok;
    case "undo":
      return (await undoDecision(person, { approvalId: id })).ok;
    case "cancel":
      return (await cancelApproval(worker, { approvalId: id })).ok;
    case "expire": {
      const swept = await expireApprovals(worker);
      return swept.ok && swept.value.expired === 1;
    }
    case "redeem":
      // As commit_batch does it.
      return (
        (await database.db.$executeRaw`UPDATE approval SET redeemed_at = ${at(second)} WHERE id = ${id}::uuid
          AND state = 'approved' AND redeemed_at IS NULL AND (release_at IS NULL OR release_at <= ${at(second)})
          AND valid_until > ${at(second)}`) === 1
      );
  }
}

async function recordOf(id: string): Promise<ApprovalRecord> {
  const { argsHash, decision, votes, ...row } = await database.db.approval.findUniqueOrThrow({
    where: { id },
    include: { votes: { orderBy: [{ at: "asc" }, { personId: "asc" }] }, decision: { select: { argsHash: true } } },
  });
  return {
    state: row.state,
    runId: row.runId,
    agentId: row.agentId,
    action: row.action,
    approverIds: row.approverIds,
    excludedIds: row.excludedIds,
    quorum: row.quorum,
    deadline: row.deadline,
    decidedById: row.decidedById,
    releaseAt: row.releaseAt,
    validUntil: row.validUntil,
    redeemedAt: row.redeemedAt,
    argsHash: hex(argsHash),
    askedArgsHash: hex(decision.argsHash),
    votes: votes
      .map((vote) => ({ by: vote.personId, argsHash: hex(vote.argsHash) }))
      .toSorted((a, b) => a.by.localeCompare(b.by)),
  };
}

const sorted = (record: ApprovalRecord): ApprovalRecord => ({
  ...record,
  votes: record.votes.toSorted((a, b) => a.by.localeCompare(b.by)),
});

it("I2, I3: the commands do exactly what the machine says, in any order of events", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 3, maxLength: 9 }),
      fc.constantFrom(1, 2),
      fc.integer({ min: 5, max: 40 }),
      async (acts, quorum, deadline) => {
        const [ana, bo, cy] = people;
        const run = await acme.run(acme.ids.desk);
        const { id } = await acme.approval(run, [ana, bo, cy], {
          quorum,
          excludedIds: [cy],
          deadline: at(deadline),
          risk: "low",
        });
        let expected = await recordOf(id);
        for (const one of acts.toSorted((a, b) => a.second - b.second)) {
          const predicted = machine(expected, eventOf(one, expected));
          expect([one, await perform(one, id)]).toEqual([one, predicted.ok]);
          if (predicted.ok) expected = predicted.record;
          expect(await recordOf(id)).toEqual(sorted(expected));
        }
        // So that no later sweep ends it.
        await database.db.approval.updateMany({ where: { id, state: "pending" }, data: { state: "cancelled" } });
      },
    ),
    { numRuns: 40 },
  );
});
