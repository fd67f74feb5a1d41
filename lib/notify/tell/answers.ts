import type { CommandContext } from "@/lib/audit/change";
import { answeredKey, approvalNotice, toldApprovals } from "@/lib/notify/tell/approval-words";
import { writeNotices } from "@/lib/notify/write-notices";

/** Answers that a round tells of; the next second takes the rest. */
const BATCH = 100;
/** Nobody needs to hear of an older one: what was asked about has ended, or is in the inbox with its answer. */
const SINCE_MS = 24 * 3_600_000;

/**
 * Tells who asked an agent something that it has answered, while the approval still waits. Agents answer through the gate, where no command of
 * ours runs; the notice's key names the question, so that each is told once, whoever repeats this. Returns how many.
 */
export async function tellAnswers({
  db,
  clock,
  newId,
}: Pick<CommandContext, "db" | "clock" | "newId">): Promise<number> {
  const now = clock.now();
  const rows = await db.$queryRaw<{ approvalId: string; questionId: string; askerId: string }[]>`
    SELECT question.approval_id AS "approvalId", question.id AS "questionId", question.author_person_id AS "askerId"
    FROM approval_entry AS answer
    JOIN approval_entry AS question ON question.id = answer.answers_id
    JOIN approval ON approval.id = answer.approval_id AND approval.state = 'pending'
    WHERE answer.kind = 'answer' AND answer.at > ${new Date(now.getTime() - SINCE_MS)}
      AND NOT EXISTS (SELECT 1 FROM notice WHERE key = 'approval:' || question.approval_id || ':answer:' || question.id)
    ORDER BY answer.at LIMIT ${BATCH}`;
  if (rows.length === 0) return 0;
  const approvals = await db.approval.findMany({
    where: { id: { in: rows.map((row) => row.approvalId) } },
    select: {
      id: true,
      agentId: true,
      action: true,
      risk: true,
      deadline: true,
      decision: { select: { resource: true } },
    },
  });
  const told = await toldApprovals(db, approvals);
  const byId = new Map(approvals.map((approval) => [approval.id, approval]));
  const notices = rows.flatMap(({ approvalId, questionId, askerId }) => {
    const approval = byId.get(approvalId);
    return approval ? [approvalNotice("answer", told(approval), [askerId], answeredKey(approvalId, questionId))] : [];
  });
  await writeNotices(db, notices, now, newId);
  return notices.length;
}
