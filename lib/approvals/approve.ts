import { judgeEdit, type NewQuestion } from "@/lib/approvals/edit";
import { step as machine, votesWith } from "@/lib/approvals/machine";
import { approvalSettings, releaseOf } from "@/lib/approvals/release";
import { approveInput, type Seen } from "@/lib/approvals/schemas";
import { secondsSpent, seenFault } from "@/lib/approvals/seen";
import { evidenceHash, hex, mayDecide, NOT_PENDING, openApproval, record, type Opened } from "@/lib/approvals/settle";
import { firstViewOf, stillMayOf } from "@/lib/approvals/votes";
import { command, type Step } from "@/lib/audit/command";
import { queriesOf } from "@/lib/db/queries";
import { argsHash, type JsonObject } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";

interface Approved {
  /** `pending`: others must approve as well. */
  state: "pending" | "approved";
  /** Of an approved one: when the agent learns of it, and until when it can use it. ISO 8601. */
  release?: { at: string; validUntil: string };
  /** People who have approved exactly this. */
  votes: number;
  quorum: number;
}

/** Other arguments in the place of the present ones. */
interface Edit {
  args: JsonObject;
  argsHash: Buffer;
  /** What it answers beyond the original questions. */
  answers: string[];
}

/**
 * A person approves, for the arguments as they stand or for others that they put in their place; when as many distinct people as it
 * needs have approved the same, the run may redeem it once, from its release until `validUntil`. Editing voids what others approved.
 * Errors: `not_found`, `approval_not_yours` (invariant I3), `approval_not_pending`, `already_voted`, `confirmation_required` (high
 * risk), `approval_changed` (edited meanwhile), and with field `args`: `invalid_input`, `edit_denied`, `needs_more`.
 */
export const approveApproval = command(approveInput, {}, async (step, input): Promise<Result<Approved>> => {
  const opened = await openApproval(step, input.approvalId);
  if (!opened.ok) return opened;
  const decider = mayDecide(step, opened.value);
  if (!decider.ok) return decider;
  const { personId } = decider.value;
  const { approval, record: before } = opened.value;
  const settings = await approvalSettings(step);
  const firstAt = await firstViewOf(step, approval.id, personId);
  const unseen = seenFault(
    { ...before, ...approval, argsHash: before.argsHash, firstAt },
    input.seen,
    personId,
    step.now,
    settings.minimumSeconds,
  );
  if (unseen) return unseen;
  const edit = await editOf(step, opened.value, input.args, personId, input.seen);
  if (!edit.ok) return edit;

  const hash = edit.value ? hex(edit.value.argsHash) : before.argsHash;
  const stillMay = await stillMayOf(step, opened.value);
  const release = releaseOf(step.now, settings);
  const by = { by: personId, holdsRole: opened.value.holdsRole, at: step.now };
  const moved = machine(before, { kind: "approve", ...by, argsHash: hash, stillMay, ...release });
  if (!moved.ok)
    return moved.refusal === "already_voted"
      ? fail("already_voted", "You have approved this already. Others must approve it, too.")
      : NOT_PENDING;
  const { state, votes } = moved.record;
  const seconds = secondsSpent(firstAt, step.now);
  const decided = state === "approved";
  const { count } = await step.tx.approval.updateMany({
    where: { id: approval.id, state: "pending", deadline: { gt: step.now } },
    data: {
      ...editedColumns(edit.value, hash === before.askedArgsHash, personId, step.now),
      ...(decided && {
        state,
        decidedAt: step.now,
        decidedById: personId,
        comment: input.comment ?? null,
        secondsSpent: seconds,
        ...release,
      }),
    },
  });
  if (count !== 1) return NOT_PENDING;
  await writeVote(
    step,
    { approvalId: approval.id, personId, hash, comment: input.comment ?? null, seconds },
    votes,
    before.votes.length,
  );
  const voided = votesWith(before.votes, { by: personId, argsHash: hash }, stillMay)?.void ?? [];
  record(step, decided ? "approval.approve" : "approval.vote", approval, {
    argsHash: hash,
    ...(hash !== before.askedArgsHash && { askedArgsHash: before.askedArgsHash }),
    evidenceHash: evidenceHash(approval.decision.evidence),
    ...(before.quorum > 1 && { quorum: before.quorum, approvedBy: votes.map((vote) => vote.by) }),
    ...(voided.length > 0 && { voided: voided.map((vote) => vote.by) }),
    ...(edit.value && edit.value.answers.length > 0 && { answers: edit.value.answers }),
    ...(decided && { releaseAt: release.releaseAt.toISOString(), validUntil: release.validUntil.toISOString() }),
    ...(seconds !== null && { secondsSpent: seconds }),
    ...(input.seen?.confirmed === true && { confirmed: true }),
    ...(input.comment && { comment: input.comment }),
  });
  return ok({
    state: decided ? "approved" : "pending",
    ...(decided && { release: { at: release.releaseAt.toISOString(), validUntil: release.validUntil.toISOString() } }),
    votes: votes.length,
    quorum: before.quorum,
  });
});

/** The edit, when the arguments given are others than those in force: judged as at redemption, unless they are those that were asked for. */
async function editOf(
  step: Step,
  { approval, record: before }: Opened,
  args: JsonObject | undefined,
  by: string,
  seen: Seen | undefined,
): Promise<Result<Edit | null>> {
  if (args === undefined) return ok(null);
  const hash = argsHash(approval.action, args);
  if (hex(hash) === before.argsHash) return ok(null);
  const edit = { args, argsHash: hash, answers: [] };
  if (hex(hash) === before.askedArgsHash) return ok(edit);
  const asking = { ...approval, checks: approval.decision.checks };
  const verdict = await judgeEdit(queriesOf(step.tx), asking, args, by, step.now);
  switch (verdict.kind) {
    case "fits":
      return ok(edit);
    case "unfit":
      return fail("invalid_input", verdict.message, `args${verdict.path}`);
    case "denied":
      return fail("edit_denied", verdict.message, "args");
    case "asks": {
      const answers = verdict.questions.map((question) => question.id);
      const seenAll = verdict.yours && answers.every((id) => seen?.questions?.includes(id));
      return seenAll ? ok({ ...edit, answers }) : needsMore(verdict.questions, verdict.yours);
    }
  }
}

function needsMore(questions: readonly NewQuestion[], yours: boolean) {
  const reasons = [...new Set(questions.map((question) => question.message))].join(" ");
  return fail(
    "needs_more",
    yours
      ? `These arguments ask more: ${reasons} Confirm that you approve that as well.`
      : `These arguments ask more: ${reasons} Others must be asked for it: reject, so that the agent asks anew.`,
    "args",
  );
}

const editedColumns = (edit: Edit | null, back: boolean, by: string, at: Date) =>
  edit && {
    args: edit.args,
    argsHash: new Uint8Array(edit.argsHash),
    answers: edit.answers,
    editedById: back ? null : by,
    editedAt: back ? null : at,
  };

/** Keeps the votes that count, and this one. */
async function writeVote(
  step: Step,
  vote: { approvalId: string; personId: string; hash: string; comment: string | null; seconds: number | null },
  counted: readonly { by: string }[],
  earlier: number,
): Promise<void> {
  const { approvalId, personId, hash, comment, seconds } = vote;
  const others = counted.map((one) => one.by).filter((id) => id !== personId);
  if (earlier > 0) await step.tx.approvalVote.deleteMany({ where: { approvalId, personId: { notIn: others } } });
  await step.tx.approvalVote.create({
    data: {
      approvalId,
      personId,
      argsHash: new Uint8Array(Buffer.from(hash, "hex")),
      comment,
      at: step.now,
      secondsSpent: seconds,
    },
  });
}
