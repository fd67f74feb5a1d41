"use client";
import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";

import { startPolicyDraft } from "@/app/(console)/policies/actions";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

/** Begins a draft with the rules of an older version, and leads to its publication. */
export function ReturnButton({ slug, version, hasDraft }: { slug: string; version: number; hasDraft: boolean }) {
  const router = useRouter();
  const { run, pending } = useAction(startPolicyDraft, {
    onSuccess: () => router.push(`/policies/${slug}/publish`),
    onError: (error) => toast.error(error.message, hasDraft ? "Publish or discard the draft first." : undefined),
  });
  return (
    <Button
      variant="ghost"
      size="xs"
      pending={pending}
      aria-label={`Return to version ${version}`}
      onClick={() => run({ policy: slug, fromVersion: version })}
    >
      <Undo2 aria-hidden />
      Return to it
    </Button>
  );
}
