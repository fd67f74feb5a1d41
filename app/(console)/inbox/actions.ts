"use server";
import { approveApproval } from "@/lib/approvals/approve";
import { askAgent } from "@/lib/approvals/ask";
import { assignApproval, claimApproval } from "@/lib/approvals/assign";
import { commentApproval } from "@/lib/approvals/comment";
import { judgeEditedArguments } from "@/lib/approvals/judge";
import { approveInTurn, approveMany, rejectMany, undoMany } from "@/lib/approvals/many";
import { rejectApproval } from "@/lib/approvals/reject";
import {
  approveInput,
  approveInTurnInput,
  approveManyInput,
  askInput,
  assignInput,
  claimInput,
  commentInput,
  judgeInput,
  rejectInput,
  rejectManyInput,
  snoozeInput,
  undoInput,
  undoManyInput,
  viewInput,
} from "@/lib/approvals/schemas";
import { snoozeApproval } from "@/lib/approvals/snooze";
import { undoDecision } from "@/lib/approvals/undo";
import { viewApproval } from "@/lib/approvals/view";
import { defineAction } from "@/lib/auth/define-action";

// None revalidates: the inbox keeps itself up to date, item by item. The commands authorise on the approval that they load.

export const approve = defineAction({ permission: "approval.decide", input: approveInput, run: approveApproval });
/** Those that were decided while an earlier one was on its way. */
export const approveThese = defineAction({
  permission: "approval.decide",
  input: approveInTurnInput,
  run: approveInTurn,
});
/** What edited arguments would come to; it changes nothing. */
export const judge = defineAction({ permission: "approval.decide", input: judgeInput, run: judgeEditedArguments });
export const reject = defineAction({ permission: "approval.decide", input: rejectInput, run: rejectApproval });
/** Taking back allows nothing, and needs no role any more. */
export const undo = defineAction({ permission: "approval.read", input: undoInput, run: undoDecision });
export const undoSeveral = defineAction({ permission: "approval.read", input: undoManyInput, run: undoMany });
export const ask = defineAction({ permission: "approval.decide", input: askInput, run: askAgent });
export const comment = defineAction({ permission: "approval.read", input: commentInput, run: commentApproval });
export const assign = defineAction({ permission: "approval.decide", input: assignInput, run: assignApproval });
export const claim = defineAction({ permission: "approval.decide", input: claimInput, run: claimApproval });
export const snooze = defineAction({ permission: "approval.read", input: snoozeInput, run: snoozeApproval });
/** The evidence has been open for half a second. */
export const view = defineAction({ permission: "approval.read", input: viewInput, run: viewApproval });
export const approveSeveral = defineAction({
  permission: "approval.decide",
  input: approveManyInput,
  run: approveMany,
});
export const rejectSeveral = defineAction({ permission: "approval.decide", input: rejectManyInput, run: rejectMany });
