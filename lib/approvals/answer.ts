import type { StreamChange } from "@/lib/audit/stream-change";
import { agentState, type ApprovalState } from "@/lib/approvals/machine";
import { newId } from "@/lib/kernel/ids";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { endFault, lockRun, tokenFault } from "@/lib/runs/lock";

interface AnswerInput {
  approvalId: string;
  /** The run whose token was presented. */
  runId: string;
  agentId: string;
  questionId: string;
  /** The agent's: bounded, shown as plain text only. */
  text: string;
  /** JSON text. */
  evidence: string | null;
}

/** ISO 8601. */
interface Answered {
  answerId: string;
  questionId: string;
  answeredAt: string;
}

interface Asked {
  decision_id: string;
  action: string;
  state: ApprovalState;
  release_at: Date | null;
  question: string | null;
  answer: string | null;
  text: string | null;
  evidence: string | null;
  at: Date | null;
}

/**
 * An agent answers what a person asked about its approval. A repeat with the same content returns the first answer. Errors: those of a
 * run that is over, `not_found` for an approval or a question (field `questionId`) that is not the run's, `question_answered`,
 * `approval_not_pending` once it is decided and released.
 */
export async function answerQuestion(change: StreamChange, input: AnswerInput): Promise<Result<Answered>> {
  const run = await lockRun(change, input.runId);
  if (!run) return fail("not_found", "There is no such run.");
  const fault = tokenFault(run, change.now);
  if (fault) return fault;
  const asked = await read(change, input);
  if (!asked) return fail("not_found", "There is no such approval.");
  if (asked.question === null) return fail("not_found", "There is no such question.", "questionId");
  if (asked.answer !== null && asked.at !== null) {
    if (asked.text !== input.text || asked.evidence !== input.evidence)
      return fail("question_answered", "This question was answered before with other content.", "questionId");
    change.unchanged();
    return ok({ answerId: asked.answer, questionId: input.questionId, answeredAt: asked.at.toISOString() });
  }
  const ended = endFault(run, change.now);
  if (ended) return ended;
  if (agentState({ state: asked.state, releaseAt: asked.release_at }, change.now) !== "pending")
    return fail("approval_not_pending", "This approval has been decided: nobody waits for an answer.");
  return ok(await write(change, input, asked));
}

async function read(change: StreamChange, { approvalId, runId, questionId }: AnswerInput): Promise<Asked | undefined> {
  const rows = await change.query<Asked>(
    "answer_read",
    `SELECT a.decision_id, a.action, a.state, a.release_at, q.id AS question, given.id AS answer, given.text,
        given.evidence::text AS evidence, given.at
      FROM approval AS a
      LEFT JOIN approval_entry AS q ON q.approval_id = a.id AND q.id = $3 AND q.kind = 'question'
      LEFT JOIN approval_entry AS given ON given.answers_id = q.id
      WHERE a.id = $1 AND a.run_id = $2`,
    [approvalId, runId, questionId],
  );
  return rows[0];
}

async function write(change: StreamChange, input: AnswerInput, { decision_id, action }: Asked): Promise<Answered> {
  const { approvalId, runId, agentId, questionId, text, evidence } = input;
  const answerId = newId();
  await change.query(
    "answer_write",
    `INSERT INTO approval_entry (id, approval_id, kind, author_agent_id, text, evidence, at, answers_id)
      VALUES ($1, $2, 'answer', $3, $4, $5, $6, $7)`,
    [answerId, approvalId, agentId, text, evidence, change.now, questionId],
  );
  change.audit(
    { kind: "agent", id: agentId },
    {
      action: "approval.answer",
      subjectKind: "approval",
      subjectId: approvalId,
      nodeId: agentId,
      detail: { runId, agentId, decisionId: decision_id, action, questionId, answerId, text },
    },
  );
  change.notify("approvals", `approval:${approvalId}`, `run:${runId}`);
  return { answerId, questionId, answeredAt: change.now.toISOString() };
}
