import { FilePenLine } from "lucide-react";

import { BeginDraftButton } from "@/app/(console)/policies/_components/begin-draft-button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

/** A policy without a draft: what is in force is never edited in place. */
export function BeginDraft({ policy, name, inForce }: { policy: string; name: string; inForce: number | null }) {
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
        action={<BeginDraftButton policy={policy} />}
      />
    </>
  );
}
