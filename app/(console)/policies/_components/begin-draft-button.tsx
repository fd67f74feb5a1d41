"use client";
import { useRouter } from "next/navigation";

import { startPolicyDraft } from "@/app/(console)/policies/actions";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";

/** Begins a draft with the rules in force, and leads to its editor. */
export function BeginDraftButton({ policy }: { policy: string }) {
  const router = useRouter();
  const { run, pending } = useAction(startPolicyDraft, {
    onSuccess: () => {
      router.push(`/policies/${policy}/edit`);
      // Who stands there already sees the draft, too.
      router.refresh();
    },
  });
  return (
    <Button variant="primary" pending={pending} onClick={() => run({ policy })}>
      Begin a draft
    </Button>
  );
}
