"use server";
import { approveApproval } from "@/lib/approvals/approve";
import { rejectApproval } from "@/lib/approvals/reject";
import { approveInput, rejectInput } from "@/lib/approvals/schemas";
import { defineAction } from "@/lib/auth/define-action";
import { ok } from "@/lib/kernel/result";

const PAGES = ["/approvals", "/approvals/[id]"];

/** Nothing of the outcome is needed in the browser: the page is rendered anew. */
export const approve = defineAction({
  permission: "approval.decide",
  input: approveInput,
  run: async (viewer, input) => {
    const approved = await approveApproval(viewer, input);
    return approved.ok ? ok(null) : approved;
  },
  revalidate: PAGES,
});

export const reject = defineAction({
  permission: "approval.decide",
  input: rejectInput,
  run: rejectApproval,
  revalidate: PAGES,
});
