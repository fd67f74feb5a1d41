"use client";
import { FilePenLine } from "lucide-react";
import { useRouter } from "next/navigation";

import { startPolicyDraft } from "@/app/(console)/policies/actions";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

/** A policy without a draft: what is in force is never edited in place. */
export function BeginDraft({ policy, name, inForce }: { policy: string; name: string; inForce: number | null }) {
  const router = useRouter();
  const { run, pending } = useAction(startPolicyDraft, { onSuccess: () => router.refresh() });
  return (
    <>
      <PageHeader title={name} description="Nobody is changing this policy at the moment." />
      <EmptyState
        icon={FilePenLine}
        title="No draft yet"
        description={
          inForce === null
            ? "A draft begins with the rules of its last version. Nothing binds until it is published."
            : `A draft begins with the rules of version ${inForce}, which stays in force until the draft is published.`
        }
        action={
          <Button variant="primary" pending={pending} onClick={() => run({ policy })}>
            Begin a draft
          </Button>
        }
      />
    </>
  );
}
