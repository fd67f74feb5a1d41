"use server";

import { changeForAppeal } from "@/lib/appeals/change";
import { permitAppeal } from "@/lib/appeals/permit";
import { changeAppealInput, permitAppealInput, upholdAppealInput } from "@/lib/appeals/schemas";
import { upholdAppeal } from "@/lib/appeals/uphold";
import { defineAction } from "@/lib/auth/define-action";
import { ok } from "@/lib/kernel/result";

const PAGES = ["/approvals/appeals", "/approvals/appeals/[id]"];

// Who may answer depends on what denied: the commands authorise on the appeal that they load.

export const uphold = defineAction({
  permission: "agent.write",
  input: upholdAppealInput,
  run: (viewer, input) => upholdAppeal(viewer, input),
  revalidate: PAGES,
});

/** Nothing of the permit is needed in the browser. */
export const permit = defineAction({
  permission: "policy.write",
  input: permitAppealInput,
  run: async (viewer, input) => {
    const granted = await permitAppeal(viewer, input);
    return granted.ok ? ok(null) : granted;
  },
  revalidate: PAGES,
});

export const change = defineAction({
  permission: "agent.write",
  input: changeAppealInput,
  run: (viewer, input) => changeForAppeal(viewer, input),
  revalidate: PAGES,
});
