"use server";
import { defineAction } from "@/lib/auth/define-action";
import { discardDraft } from "@/lib/policies/drafts/discard";
import { proposeDraft } from "@/lib/policies/drafts/propose";
import { publishDraft } from "@/lib/policies/drafts/publish";
import { saveDraft } from "@/lib/policies/drafts/save";
import { draftInput, publishDraftInput, saveDraftInput, startDraftInput } from "@/lib/policies/drafts/schemas";
import { startDraft } from "@/lib/policies/drafts/start";
import { retirePolicyInput } from "@/lib/policies/inputs";
import { retirePolicy } from "@/lib/policies/retire";

/** Begins the draft of a policy, new or existing. */
export const startPolicyDraft = defineAction({
  permission: "policy.write",
  node: "organisation",
  input: startDraftInput,
  run: startDraft,
  revalidate: ["/policies", "/policies/[slug]"],
});

/** Saves while typing. The page that edits keeps its own state, so nothing is rendered anew. */
export const savePolicyDraft = defineAction({
  permission: "policy.write",
  node: "organisation",
  input: saveDraftInput,
  run: saveDraft,
});

/** Throws a draft away. */
export const discardPolicyDraft = defineAction({
  permission: "policy.write",
  node: "organisation",
  input: draftInput,
  run: discardDraft,
  revalidate: ["/policies", "/policies/[slug]"],
});

/** Says that a draft is ready for whoever publishes it. */
export const proposePolicyDraft = defineAction({
  permission: "policy.write",
  node: "organisation",
  input: draftInput,
  run: proposeDraft,
  revalidate: ["/policies", "/policies/[slug]"],
});

/** Puts a draft in force. */
export const publishPolicyDraft = defineAction({
  permission: "policy.write",
  node: "organisation",
  input: publishDraftInput,
  run: publishDraft,
  revalidate: ["/policies", "/policies/[slug]"],
});

/** Takes a policy out of force. */
export const retirePolicyAction = defineAction({
  permission: "policy.write",
  node: "organisation",
  input: retirePolicyInput,
  run: retirePolicy,
  revalidate: ["/policies", "/policies/[slug]"],
});
