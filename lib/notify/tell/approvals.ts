import type { CommandContext } from "@/lib/audit/change";
import type { Prisma } from "@/lib/db/generated/client";
import { nextSteps, type ApprovalStep } from "@/lib/notify/tell/approval-steps";
import { approvalNotice, toldApprovals } from "@/lib/notify/tell/approval-words";
import { tellInboxes } from "@/lib/notify/tell/inboxes";
import { writeNotices } from "@/lib/notify/write-notices";

type Context = Pick<CommandContext, "db" | "clock" | "newId">;

/** Decisions that one statement looks through, and approvals that one round moves on; the next second takes the rest. */
const DECISIONS = 2_000;
const ROUNDS = 10;
const BATCH = 200;

const APPROVAL = {
  id: true,
  agentId: true,
  action: true,
  state: true,
  releaseAt: true,
  risk: true,
  requestedAt: true,
  deadline: true,
  askedIds: true,
  decision: { select: { resource: true } },
} as const satisfies Prisma.ApprovalSelect;

/** Finds approvals that have begun to wait. The gate writes nothing for it: they are read from its audit streams, each decision once. */
export async function takeApprovals({ db, clock }: Context): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const rows = await db.$queryRaw<{ taken: number }[]>`
      SELECT take_approvals(${clock.now()}::timestamptz, ${DECISIONS}::int) AS taken`;
    if ((rows[0]?.taken ?? 0) < DECISIONS) return;
  }
}

/**
 * Tells of approvals what is due: asked, about to expire, without an answer. A notice is stored before its step is written down, under a key
 * of approval and step: what a crash repeats is not told twice. Returns how many approvals it looked at.
 */
export async function stepApprovals({ db, clock, newId }: Context): Promise<number> {
  const now = clock.now();
  const due = await db.approvalNotice.findMany({
    // Decided and not yet released it may come back to waiting: then it goes on where it was.
    where: { closedAt: null, nextAt: { lte: now }, approval: { state: "pending" } },
    orderBy: { nextAt: "asc" },
    take: BATCH,
    include: { approval: { select: APPROVAL } },
  });
  if (due.length === 0) return 0;
  const told = await toldApprovals(
    db,
    due.map((one) => one.approval),
  );
  const moves = due.map((one) => {
    const over = one.approval.deadline <= now;
    return { one, ...(over ? { steps: [], nextAt: null } : nextSteps(one.approval, one, now)) };
  });
  await writeNotices(
    db,
    moves.flatMap(({ one, steps }) => steps.map((step) => approvalNotice(step.do, told(one.approval), peopleOf(step)))),
    now,
    newId,
  );
  const rows = moves.map(({ one, steps, nextAt }) => ({
    id: one.approvalId,
    asked: steps.some((step) => step.do === "ask") ? now : one.askedAt,
    reminded: steps.some((step) => step.do === "remind") ? now : one.remindedAt,
    paged: steps.some((step) => step.do === "page") ? now : one.pagedAt,
    told: [...new Set([...one.toldIds, ...steps.flatMap(peopleOf)])],
    was: one.nextAt,
    next: nextAt,
  }));
  // Its route may have asked somebody else meanwhile: then it is due again.
  await db.$executeRaw`
    UPDATE approval_notice AS n SET asked_at = m.asked, reminded_at = m.reminded, paged_at = m.paged, told_ids = m.told,
      next_at = CASE WHEN n.next_at = m.was THEN m.next ELSE n.next_at END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS m(id uuid, asked timestamptz, reminded timestamptz, paged timestamptz, told uuid[], was timestamptz, next timestamptz)
    WHERE n.approval_id = m.id AND n.closed_at IS NULL`;
  return due.length;
}

const peopleOf = (step: ApprovalStep): string[] => (step.do === "page" ? [step.person] : step.people);

/**
 * Ends the telling of approvals that wait no longer: what was not read counts as read, mail and chat that were still to come do not come.
 * Those that expired are told of as such. What was decided still waits until its release, since it can be undone. Returns how many it ended.
 */
export async function closeApprovals({ db, clock, newId }: Context): Promise<number> {
  const now = clock.now();
  const ended = await db.approvalNotice.findMany({
    where: {
      closedAt: null,
      approval: { state: { not: "pending" }, OR: [{ releaseAt: null }, { releaseAt: { lte: now } }] },
    },
    take: BATCH,
    include: { approval: { select: APPROVAL } },
  });
  if (ended.length === 0) return 0;
  const expired = ended.filter((one) => one.approval.state === "expired");
  const told = await toldApprovals(
    db,
    expired.map((one) => one.approval),
  );
  const notices = expired.map(({ approval, toldIds }) => {
    const words = told(approval);
    return approvalNotice("expire", words, [...new Set([...toldIds, words.ownerId])]);
  });
  await writeNotices(db, notices, now, newId);
  const ids = ended.map((one) => one.approvalId);
  const read = await db.$queryRaw<{ person: string }[]>`
    WITH closed AS (
      UPDATE approval_notice SET closed_at = ${now}, next_at = NULL WHERE approval_id = ANY(${ids}::uuid[])
      RETURNING approval_id AS id, told_ids
    ), told AS (
      SELECT notice.id FROM closed JOIN notice ON notice.key = ANY(
        ARRAY['approval:' || closed.id || ':ask', 'approval:' || closed.id || ':remind', 'approval:' || closed.id || ':page']
        || ARRAY(SELECT 'approval:' || closed.id || ':page:' || person FROM unnest(closed.told_ids) AS person)
        || ARRAY(SELECT 'approval:' || a.id || ':assign:' || a.assignee_id FROM approval AS a WHERE a.id = closed.id AND a.assignee_id IS NOT NULL)
        || ARRAY(SELECT 'approval:' || q.approval_id || ':answer:' || q.id FROM approval_entry AS q
          WHERE q.approval_id = closed.id AND q.kind = 'question'))
    ), dropped AS (
      UPDATE notification_delivery SET state = 'dropped', next_at = NULL, error = 'It was decided before this was sent.'
      FROM told WHERE notice_id = told.id AND state = 'waiting' AND channel <> 'webhook'
    )
    UPDATE notification SET read_at = ${now} FROM told WHERE notice_id = told.id AND read_at IS NULL RETURNING person_id AS person`;
  await tellInboxes(
    db,
    read.map((one) => one.person),
  );
  return ended.length;
}
