import { change, type Change, type CommandContext } from "@/lib/audit/change";
import { fail, ok } from "@/lib/kernel/result";
import type { AwayBy } from "@/lib/people/away";
import { allReviewers, nearestReviewers, type Decider } from "@/lib/reviews/asked";
import { awayNow, decidersAbove } from "@/lib/reviews/people";
import { recordReview } from "@/lib/reviews/settle";

/** So that one change stays short; the next batch takes the rest. */
const AT_ONCE = 200;

/** Reviews that ask the same people for the same agent. */
interface Group {
  agentId: string;
  excludedIds: string[];
  askedIds: string[];
  escalated: boolean;
}

export type AbsenceWatch = (context: CommandContext) => Promise<{ asked: number }>;

/**
 * Asks further people about reviews that wait already, when somebody went away or came back: as `askAgain`, but looks only when who is away
 * differs from the last time, and once after a start. One for each worker.
 */
export function createAbsenceWatch(): AbsenceWatch {
  let last: string | null = null;
  return async (context) => {
    const away = await awayNow(context.db, context.clock.now());
    const now = JSON.stringify([...away].map(([id, absences]) => [id, absences.map((one) => one.delegateId)]));
    if (now === last) return { asked: 0 };
    const asked = await askAgain(context);
    last = now;
    return asked;
  };
}

/**
 * Asks whoever is to be asked now and was not. Who was asked stays asked, as with approvals; asking again at the same instant changes nothing.
 * Returns how many reviews ask somebody more. Safe to run twice, by several workers at once, and again after a crash.
 */
export async function askAgain(context: CommandContext): Promise<{ asked: number }> {
  const groups = await context.db.$queryRaw<Group[]>`
    SELECT agent_id AS "agentId", excluded_ids AS "excludedIds", asked_ids AS "askedIds", escalated_at IS NOT NULL AS escalated
    FROM review WHERE state = 'waiting' AND asked_ids <> '{}' GROUP BY 1, 2, 3, 4`;
  if (groups.length === 0) return { asked: 0 };
  const now = context.clock.now();
  const away = await awayNow(context.db, now);
  const deciders = new Map<string, Decider[]>();
  let asked = 0;
  for (const group of groups) {
    const { agentId } = group;
    const who = deciders.get(agentId) ?? (await decidersAbove(context.db, agentId));
    deciders.set(agentId, who);
    const joining = joiningOf(group, who, away, now);
    while (joining.length > 0) {
      const moved = await change(context, {}, (step) => join(step, group, joining));
      if (!moved.ok) break;
      asked += moved.value;
    }
  }
  return { asked };
}

function joiningOf(group: Group, deciders: readonly Decider[], away: AwayBy, now: Date): string[] {
  const of = { deciders, excludedIds: group.excludedIds, away };
  const wanted = group.escalated ? allReviewers(of, now) : nearestReviewers(of, now);
  return wanted.filter((id) => !group.askedIds.includes(id));
}

async function join(step: Change, { agentId, excludedIds, askedIds, escalated }: Group, joining: readonly string[]) {
  // Rows are locked in one order, and those that somebody else is deciding are left to them.
  const rows = await step.tx.$queryRaw<{ id: string; runId: string; decisionId: string; action: string }[]>`
    UPDATE review SET asked_ids = ${[...askedIds, ...joining]}::uuid[] WHERE id IN (
      SELECT id FROM review WHERE state = 'waiting' AND agent_id = ${agentId}::uuid AND asked_ids = ${askedIds}::uuid[]
        AND excluded_ids = ${excludedIds}::uuid[] AND (escalated_at IS NOT NULL) = ${escalated}
      ORDER BY id LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
    RETURNING id, run_id AS "runId", decision_id AS "decisionId", action`;
  if (rows.length === 0) return fail("conflict", "Somebody else asked them, or decided.");
  for (const row of rows) recordReview(step, "review.contact", { ...row, agentId }, { asked: [...joining] });
  return ok(rows.length);
}
