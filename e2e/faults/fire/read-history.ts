import { z } from "zod";

import type { Asked, Final, History, Recorded } from "@/e2e/faults/fire/history";
import type { Journal } from "@/e2e/faults/fire/journal";
import type { Db } from "@/lib/db/client";
import { argsHash } from "@/lib/kernel/json";

const detailSchema = z.object({
  detail: z.looseObject({
    argsHash: z.string().optional(),
    releaseAt: z.iso.datetime().optional(),
    validUntil: z.iso.datetime().optional(),
    redeemed: z.string().optional(),
    runId: z.string().optional(),
    agentId: z.string().optional(),
    action: z.string().optional(),
  }),
});
const STEPS = /^approval\.(approve|vote|reject|undo|cancel|expire)$/;

/** What the clients wrote down, beside the audit record and what is stored. */
export async function readHistory(db: Db, journal: Journal): Promise<History> {
  const [rows, records] = await Promise.all([
    db.approval.findMany({ include: { votes: { select: { personId: true } } } }),
    db.auditRecord.findMany({
      where: { OR: [{ action: { startsWith: "approval." } }, { action: "decision.allow" }] },
      orderBy: [{ stream: "asc" }, { seq: "asc" }],
      select: { stream: true, seq: true, at: true, action: true, actorId: true, subjectId: true, body: true },
    }),
  ]);
  const asked = new Map(
    journal.requests.map((one) => [one.approvalId, argsHash(one.action, one.args).toString("hex")]),
  );
  const approvals = rows.map((row): Asked => ({
    ...row,
    argsHash: asked.get(row.id) ?? "",
    deadlineMs: row.deadline.getTime(),
  }));
  const finals = rows.map(({ id, state, decidedById, redeemedAt, votes }): Final => {
    return {
      id,
      state,
      decidedById,
      votes: votes.map((vote) => vote.personId).toSorted(),
      redeemed: redeemedAt !== null,
    };
  });
  return {
    approvals: approvals.filter((one) => asked.has(one.id)),
    calls: journal.calls,
    records: records.flatMap((one) => recordedOf(one)),
    finals,
  };
}

interface Row {
  stream: string;
  seq: bigint;
  at: Date;
  action: string;
  actorId: string | null;
  subjectId: string;
  body: string;
}

function recordedOf({ stream, seq, at, action, actorId, subjectId, body }: Row): Recorded[] {
  const by = actorId ?? "";
  const { detail } = detailSchema.parse(JSON.parse(body));
  const link = { approvalId: subjectId, stream, seq: Number(seq), atMs: at.getTime() };
  const { argsHash: hash = "", redeemed, runId = "", agentId = "" } = detail;
  const msOf = (text: string | undefined): number => (text === undefined ? link.atMs : Date.parse(text));
  if (redeemed !== undefined) {
    const use = { decisionId: subjectId, runId, agentId, action: detail.action ?? "", argsHash: hash };
    return [{ kind: "redeem", ...link, approvalId: redeemed, ...use }];
  }
  switch (STEPS.exec(action)?.[1]) {
    case "approve":
    case "vote":
      return [
        {
          kind: "approve",
          ...link,
          by,
          argsHash: hash,
          releaseAtMs: msOf(detail.releaseAt),
          validUntilMs: msOf(detail.validUntil),
        },
      ];
    case "reject":
      return [{ kind: "reject", ...link, by, releaseAtMs: msOf(detail.releaseAt) }];
    case "undo":
      return [{ kind: "undo", ...link, by }];
    case "cancel":
      return [{ kind: "cancel", ...link }];
    case "expire":
      return [{ kind: "expire", ...link }];
    default:
      return [];
  }
}
