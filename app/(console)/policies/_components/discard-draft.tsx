"use client";
import { useRouter } from "next/navigation";

import { discardPolicyDraft, startPolicyDraft } from "@/app/(console)/policies/actions";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { DraftRule } from "@/lib/policies/drafts/schemas";

interface DiscardDraftProps {
  slug: string;
  draft: { id: string; revision: number; name: string; rules: DraftRule[] };
  /** The policy was never in force: it is gone with its draft. */
  onlyDraft: boolean;
}

/** Throws the draft away; undo begins it anew with the same text. */
export function DiscardDraft({ slug, draft, onlyDraft }: DiscardDraftProps) {
  const router = useRouter();
  const restore = async () => {
    const begun = await startPolicyDraft({ policy: slug, name: draft.name, rules: draft.rules });
    if (begun.ok) router.push(`/policies/${slug}`);
    else toast.error(begun.error.message);
  };
  const { run, pending } = useAction(discardPolicyDraft, {
    onSuccess: () => {
      toast.undo("The draft is discarded", () => void restore());
      if (onlyDraft) router.push("/policies");
      else router.refresh();
    },
  });
  return (
    <Button
      variant="ghost"
      size="sm"
      pending={pending}
      onClick={() => run({ draftId: draft.id, revision: draft.revision })}
    >
      Discard
    </Button>
  );
}
