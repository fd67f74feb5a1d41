"use server";
import { defineAction } from "@/lib/auth/define-action";
import { ok } from "@/lib/kernel/result";
import { changeSettings } from "@/lib/organisation/settings-change";
import { AUTHORITY_SECTIONS, authorityDifferences } from "@/lib/tiers/authority-settings";
import { previewAuthorityInput, saveAuthorityInput } from "@/lib/tiers/schemas";
import { previewAuthority } from "@/lib/tiers/settings-queries";

export const saveAuthority = defineAction({
  permission: "organisation.write",
  node: "organisation",
  input: saveAuthorityInput,
  run: (viewer, { settings, basis, reason }) =>
    changeSettings(viewer, {
      sections: [...AUTHORITY_SECTIONS],
      settings: authorityDifferences(settings),
      basis,
      reason,
    }),
  revalidate: ["/settings/authority", "/catalogue", "/agents"],
});

export const previewEffect = defineAction({
  permission: "organisation.write",
  node: "organisation",
  input: previewAuthorityInput,
  run: async (viewer, { settings }) => ok(await previewAuthority(viewer, settings)),
});
