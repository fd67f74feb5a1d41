import { z } from "zod";

import { canonical } from "@/lib/kernel/canonical";
import type { JsonObject } from "@/lib/kernel/json";
import { isStorable } from "@/lib/kernel/storable";

/** Longest comment, question or reason of a person, in UTF-16 units. */
const TEXT_MAX = 2_000;
/** Most approvals that one call decides. */
export const MANY_MAX = 200;

/** Most that are sent together because the one before was still on its way. */
export const IN_TURN_MAX = 20;

const approvalId = z.string().max(64);
const comment = z.string().trim().max(TEXT_MAX).refine(isStorable, "must be well-formed text without NUL");
/** A comment of nothing but spaces is none, in the store as in the record. */
const remark = comment.transform((said) => (said === "" ? undefined : said)).optional();
const text = comment.min(1, "Write something.");
/** The agent and the record are told why. */
const reason = comment.min(1, "Say why.");
const many = z.array(approvalId).min(1).max(MANY_MAX);

/** Longest arguments that a person can put in the place of others, as JSON text in UTF-16 units. */
const ARGS_MAX = 262_144;

const editedArgs: z.ZodType<JsonObject> = z.record(z.string(), z.json()).superRefine((value, context) => {
  const message = argsFault(value);
  if (message !== null) context.addIssue({ code: "custom", message });
});

function argsFault(value: JsonObject): string | null {
  try {
    return canonical(value).length > ARGS_MAX ? "the arguments are too large" : null;
  } catch {
    return "the arguments hold text that is not well-formed";
  }
}

/** What the person had before them. The server's own clock and rows decide; this only says what was confirmed, and upon which content. */
const seenInput = z.strictObject({
  /** When the browser opened the evidence: for the record's reader, never believed. */
  openedAt: z.iso.datetime().optional(),
  /** The person confirmed what is shown: needed for high risk. */
  confirmed: z.boolean().optional(),
  /** Hex: the arguments that were shown. Needed when somebody else has edited them. */
  argsHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** What the edited arguments ask beyond the original ones, as `needs_more` named it: the approval then answers it too. */
  questions: z.array(z.string().max(500)).max(100).optional(),
});
export type Seen = z.infer<typeof seenInput>;

export const approveInput = z.strictObject({
  approvalId,
  comment: remark,
  /** Instead of the arguments that were asked for: then only these may be redeemed. */
  args: editedArgs.optional(),
  seen: seenInput.optional(),
});
export type ApproveInput = z.infer<typeof approveInput>;

export const rejectInput = z.strictObject({
  approvalId,
  comment: reason,
  /** The template that the reason was taken from: `settings.approvals.rejectReasons[].id`. */
  reasonId: z.string().max(64).optional(),
});
export type RejectInput = z.infer<typeof rejectInput>;

/** Several decisions that one person made one after the other, each on its own evidence. */
export const approveInTurnInput = z.strictObject({ approvals: z.array(approveInput).min(1).max(IN_TURN_MAX) });
export type ApproveInTurnInput = z.infer<typeof approveInTurnInput>;

export const cancelInput = z.strictObject({ approvalId, comment: remark });

export const undoInput = z.strictObject({ approvalId });

export const askInput = z.strictObject({ approvalId, text });

export const commentInput = z.strictObject({ approvalId, text });

export const assignInput = z.strictObject({
  approvalId,
  /** Null: nobody in particular. */
  personId: z.uuid().nullable(),
});

export const claimInput = z.strictObject({ approvalId });

export const snoozeInput = z.strictObject({
  approvalId,
  /** Null: no longer. */
  until: z.iso.datetime().nullable(),
});

export const viewInput = z.strictObject({ approvalId });
export type ViewInput = z.infer<typeof viewInput>;

/** A question about what other arguments would come to; it changes nothing. */
export const judgeInput = z.strictObject({ approvalId, args: editedArgs });
export type JudgeInput = z.infer<typeof judgeInput>;

export const approveManyInput = z.strictObject({ approvalIds: many, comment: remark });
export type ApproveManyInput = z.infer<typeof approveManyInput>;

export const undoManyInput = z.strictObject({ approvalIds: many });
export type UndoManyInput = z.infer<typeof undoManyInput>;

export const rejectManyInput = z.strictObject({
  approvalIds: many,
  comment: reason,
  reasonId: z.string().max(64).optional(),
});
export type RejectManyInput = z.infer<typeof rejectManyInput>;
