"use server";
import { z } from "zod";

import { defineAction } from "@/lib/auth/define-action";
import { removeDemo } from "@/lib/demo/remove";
import { changePassword, updateProfile } from "@/lib/people/account";
import { changePasswordSchema, profileSchema } from "@/lib/people/account-schemas";
import { endSessions } from "@/lib/people/end-sessions";

export const removeDemoOrganisation = defineAction({
  permission: "organisation.write",
  node: "organisation",
  input: z.null(),
  run: (viewer) => removeDemo(viewer),
});

export const saveProfile = defineAction({
  permission: null,
  input: profileSchema,
  run: updateProfile,
  revalidate: ["/people/me", "/people"],
});
export const savePassword = defineAction({ permission: null, input: changePasswordSchema, run: changePassword });
export const signOutEverywhere = defineAction({ permission: null, input: z.null(), run: endSessions });
