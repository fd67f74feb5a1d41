import type { CommandContext } from "@/lib/audit/change";
import type { Prisma } from "@/lib/db/generated/client";
import { firstAsked } from "@/lib/notify/approval-people";
import { nextSteps } from "@/lib/notify/approval-steps";
import { approvalNotice, toldApprovals } from "@/lib/notify/approval-words";
import { tellInboxes } from "@/lib/notify/tell-inboxes";
import { writeNotices } from "@/lib/notify/write-notices";
import type { Json } from "@/lib/kernel/json";

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
  risk: true,
  requestedAt: true,
  deadline: true,
  approverIds: true,
  excludedIds: true,
  decision: { select: { checks: true, resource: true } },
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
    where: { closedAt: null, nextAt: { lte: now } },
    orderBy: { nextAt: "asc" },
    take: BATCH,
    include: { approval: { select: APPROVAL } },
  });
  if (due.length === 0) return 0;
  const approvals = due.map((one) => one.approval);
  const people = due.flatMap((one) => [...one.toldIds, ...one.approval.approverIds]);
  const [told, first, contacts] = await Promise.all([
    toldApprovals(db, approvals),
    firstAsked(
      db,
      approvals.map(({ decision, ...one }) => ({ ...one, checks: decision.checks as Json })),
    ),
    secondaryContacts(db, people),
  ]);
  const moves = due.map((one) => {
    const { approval } = one;
    const waits = approval.state === "pending" && approval.deadline > now;
    const { steps, nextAt } = waits
      ? nextSteps(approval, one, first.get(approval.id) ?? [], (id) => contacts.get(id) ?? null, now)
      : { steps: [], nextAt: null };
    return { one, steps, nextAt };
  });
  await writeNotices(
    db,
    moves.flatMap(({ one, steps }) => steps.map((step) => approvalNotice(step.do, told(one.approval), step.people))),
    now,
    newId,
  );
  const rows = moves.map(({ one, steps, nextAt }) => ({
    id: one.approvalId,
    asked: steps.some((step) => step.do === "ask") ? now : one.askedAt,
    reminded: steps.some((step) => step.do === "remind") ? now : one.remindedAt,
    paged: steps.some((step) => step.do === "page") ? now : one.pagedAt,
    told: [...new Set([...one.toldIds, ...steps.flatMap((step) => step.people)])],
    next: nextAt,
  }));
  await db.$executeRaw`
    UPDATE approval_notice AS n SET asked_at = m.asked, reminded_at = m.reminded, paged_at = m.paged, told_ids = m.told, next_at = m.next
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS m(id uuid, asked timestamptz, reminded timestamptz, paged timestamptz, told uuid[], next timestamptz)
    WHERE n.approval_id = m.id AND n.closed_at IS NULL`;
  return due.length;
}

async function secondaryContacts(db: Context["db"], people: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.notificationChoice.findMany({
    where: { personId: { in: [...new Set(people)] }, secondary: { status: "active" } },
    select: { personId: true, secondaryId: true },
  });
  return new Map(rows.flatMap((row) => (row.secondaryId === null ? [] : [[row.personId, row.secondaryId] as const])));
}

/**
 * Ends the telling of approvals that wait no longer: what was not read counts as read, mail and chat that were still to come do not come.
 * Those that expired are told of as such. Returns how many it ended.
 */
export async function closeApprovals({ db, clock, newId }: Context): Promise<number> {
  const now = clock.now();
  const ended = await db.approvalNotice.findMany({
    where: { closedAt: null, approval: { state: { not: "pending" } } },
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
      UPDATE approval_notice SET closed_at = ${now}, next_at = NULL WHERE approval_id = ANY(${ids}::uuid[]) RETURNING approval_id AS id
    ), told AS (
      SELECT notice.id FROM closed JOIN notice ON notice.key = ANY(
        ARRAY['approval:' || closed.id || ':ask', 'approval:' || closed.id || ':remind', 'approval:' || closed.id || ':page'])
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
