"use server";
import { approveApproval } from "@/lib/approvals/approve";
import { rejectApproval } from "@/lib/approvals/reject";
import { approveInput, rejectInput } from "@/lib/approvals/schemas";
import { defineAction } from "@/lib/auth/define-action";
import { ok } from "@/lib/kernel/result";

// Neither revalidates: the page moves on to what waits next at once, and asks for fresh data behind it.

/** Nothing of the outcome is needed in the browser. */
export const approve = defineAction({
  permission: "approval.decide",
  input: approveInput,
  run: async (viewer, input) => {
    const approved = await approveApproval(viewer, input);
    return approved.ok ? ok(null) : approved;
  },
});

export const reject = defineAction({
  permission: "approval.decide",
  input: rejectInput,
  run: rejectApproval,
});
