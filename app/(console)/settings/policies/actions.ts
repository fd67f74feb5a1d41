"use server";
import { z } from "zod";

import { defineAction } from "@/lib/auth/define-action";
import { changeSettings } from "@/lib/organisation/settings-change";

/** Whether publishing a policy takes two people. */
export const savePolicySettings = defineAction({
  permission: "organisation.write",
  node: "organisation",
  input: z.strictObject({ secondPerson: z.boolean(), reason: z.string() }),
  run: (viewer, { secondPerson, reason }) =>
    changeSettings(viewer, {
      sections: ["policies"],
      settings: secondPerson ? { policies: { secondPerson } } : {},
      reason,
    }),
  revalidate: ["/settings/policies"],
});
