"use server";
import { z } from "zod";

import { defineAction } from "@/lib/auth/define-action";
import { renewSession } from "@/lib/auth/session-cookie";
import { removeDemo } from "@/lib/demo/remove";
import { ok } from "@/lib/kernel/result";
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
export const savePassword = defineAction({
  permission: null,
  input: changePasswordSchema,
  run: async (viewer, input) => {
    const done = await changePassword(viewer, input);
    if (!done.ok) return done;
    await renewSession({ personId: viewer.person.id, ...done.value });
    return ok(null);
  },
});
export const signOutEverywhere = defineAction({ permission: null, input: z.null(), run: endSessions });
