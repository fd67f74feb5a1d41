"use server";
import { defineAction } from "@/lib/auth/define-action";
import { dismissSuggestion, restoreSuggestion } from "@/lib/measures/dismiss";
import { followSuggestion } from "@/lib/measures/follow";
import { dismissSuggestionInput, followSuggestionInput, restoreSuggestionInput } from "@/lib/measures/schemas";

const editor = { permission: "policy.write", node: "organisation", revalidate: ["/inbox/measures"] } as const;

/** Begins a draft of the policy with this one rule changed. */
export const follow = defineAction({
  ...editor,
  input: followSuggestionInput,
  run: followSuggestion,
  revalidate: ["/inbox/measures", "/policies", "/policies/[slug]"],
});

export const dismiss = defineAction({ ...editor, input: dismissSuggestionInput, run: dismissSuggestion });
export const restore = defineAction({ ...editor, input: restoreSuggestionInput, run: restoreSuggestion });
