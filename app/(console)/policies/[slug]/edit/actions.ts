"use server";
import { z } from "zod";

import { defineAction } from "@/lib/auth/define-action";
import { ok } from "@/lib/kernel/result";
import { readDraft } from "@/lib/policies/queries";
import { slugSchema } from "@/lib/policies/schemas";
import { candidatesInput, listTryCandidates } from "@/lib/policies/try/candidates";
import { tryDraft, tryDraftInput } from "@/lib/policies/try/try-draft";

/** Decisions that the rules at hand can be tried on. */
export const listTryDecisions = defineAction({
  permission: "policy.write",
  input: candidatesInput,
  run: async (viewer, input) => ok(await listTryCandidates(viewer, input)),
});

/** Tries the rules at hand on one decision; nothing is written. */
export const tryPolicyDraft = defineAction({ permission: "policy.write", input: tryDraftInput, run: tryDraft });

/** Where the draft stands now, for an editor whose own revision is behind; null when it is gone. */
export const readDraftRevision = defineAction({
  permission: "policy.write",
  input: z.strictObject({ policy: slugSchema }),
  run: async (viewer, { policy }) => {
    const draft = await readDraft(viewer, policy);
    return ok(draft && { draftId: draft.id, revision: draft.revision });
  },
});
