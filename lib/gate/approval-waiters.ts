import type { Pool } from "pg";

import { agentState, type ApprovalState } from "@/lib/approvals/machine";
import { NOT_BEING_UNDONE } from "@/lib/approvals/undo-lock";
import { Waiters, type FoundBy, type Known } from "@/lib/gate/waiters";
import type { ApprovalAnswer } from "@/lib/gate/wire";
import type { JsonObject } from "@/lib/kernel/json";

/** What an agent is asked about its approval. Ids rise with time. */
interface OpenQuestion {
  id: string;
  text: string;
  askedAt: string;
}

/** What is known of an approval, and what its agent has not answered yet, the oldest first. */
export type ApprovalNews = Omit<ApprovalAnswer, "question"> & { questions: readonly OpenQuestion[] };

interface Row {
  id: string;
  run_id: string;
  state: ApprovalState;
  deadline: Date;
  decided_at: Date | null;
  release_at: Date | null;
  valid_until: Date | null;
  comment: string | null;
  args: JsonObject;
  questions: { id: string; text: string; at: string }[] | null;
}

const ROWS = `SELECT a.id, a.run_id, a.state, a.deadline, a.decided_at, a.release_at, a.valid_until, a.comment, a.args, open.questions
  FROM approval AS a
  LEFT JOIN (
    SELECT q.approval_id, json_agg(json_build_object('id', q.id, 'text', q.text, 'at', q.at) ORDER BY q.id) AS questions
      FROM approval_entry AS q
      WHERE q.approval_id = ANY($1::uuid[]) AND q.kind = 'question'
        AND NOT EXISTS (SELECT 1 FROM approval_entry AS answer WHERE answer.answers_id = q.id)
      GROUP BY q.approval_id
  ) AS open ON open.approval_id = a.id
  WHERE a.id = ANY($1::uuid[])`;

/** So long after the release an undo may still be on its way to its commit: longer than any change may take. */
const UNDO_MS = 60_000;
/** Before an approval that is being undone is looked at again. */
const AGAIN_MS = 15;

/** Agents that wait for a person's word on an approval, or for what the person asks them first. */
export const approvalWaiters = (pool: Pool, onAnswer?: (by: FoundBy) => void): Waiters<ApprovalNews> =>
  new Waiters("approval:", (ids) => readNews(pool, ids), onAnswer);

/**
 * What was released just now is told only when nobody is undoing it: an undo that began in time may be committed late, and an agent
 * that had been told by then would act on a decision that was never made.
 */
async function readNews(pool: Pool, ids: readonly string[]): Promise<Map<string, Known<ApprovalNews>>> {
  const rows = await readRows(pool, ids);
  const now = new Date();
  const fresh = rows.filter((row) => isFresh(row, now)).map((row) => row.id);
  if (fresh.length === 0) return new Map(rows.map((row) => [row.id, knownOf(row, now)]));
  const free = await pool.query<{ id: string }>({ name: "approvals_free", text: NOT_BEING_UNDONE, values: [fresh] });
  const certain = new Set(free.rows.map((row) => row.id));
  const held = new Set(fresh.filter((id) => !certain.has(id)));
  const again = await readRows(pool, fresh);
  return new Map([...rows, ...again].map((row) => [row.id, held.has(row.id) ? heldOf(row) : knownOf(row, now)]));
}

async function readRows(pool: Pool, ids: readonly string[]): Promise<Row[]> {
  return (await pool.query<Row>({ name: "approval_states", text: ROWS, values: [ids] })).rows;
}

function isFresh({ state, release_at: releaseAt }: Row, now: Date): boolean {
  if (state === "pending" || releaseAt === null) return false;
  const sinceMs = now.getTime() - releaseAt.getTime();
  return sinceMs >= 0 && sinceMs < UNDO_MS;
}

/** One that somebody is undoing: pending, as far as its agent is told, and looked at again soon. */
const heldOf = (row: Row): Known<ApprovalNews> => ({
  ...knownOf({ ...row, state: "pending" }, new Date()),
  changesAt: new Date(Date.now() + AGAIN_MS),
});

/** What its agent is told of a stored approval: of a decision that is not released yet, nothing. */
function knownOf(row: Row, now: Date): Known<ApprovalNews> {
  const state = agentState({ state: row.state, releaseAt: row.release_at }, now);
  const deadline = row.deadline.toISOString();
  if (state === "pending") {
    const questions = (row.questions ?? []).map(({ id, text, at }) => ({
      id,
      text,
      askedAt: new Date(at).toISOString(),
    }));
    return {
      runId: row.run_id,
      answer: { state, deadline, questions },
      changesAt: row.state === "pending" ? null : row.release_at,
      news: questions.length > 0,
    };
  }
  return {
    runId: row.run_id,
    answer: {
      state,
      deadline,
      ...(row.decided_at && { decidedAt: row.decided_at.toISOString() }),
      ...(row.valid_until && { validUntil: row.valid_until.toISOString() }),
      ...(row.comment !== null && { comment: row.comment }),
      ...(state === "approved" && { args: row.args }),
      questions: [],
    },
  };
}

/** The first question that a caller who has seen those up to `seen` is told of. */
export const nextQuestion = ({ questions }: ApprovalNews, seen: string | undefined): OpenQuestion | undefined =>
  questions.find((question) => seen === undefined || question.id > seen);
