"use client";
import { FilePen, FlaskConical } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";

import { dismiss, follow, restore } from "@/app/(console)/inbox/measures/actions";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { SuggestionKind } from "@/lib/measures/suggest";

interface SuggestionActionsProps {
  kind: SuggestionKind;
  policy: string;
  rule: string;
  /** The policy has a draft already. */
  drafted: boolean;
}

/** Begin a draft with this one rule changed, go straight to its simulation, or put the suggestion aside. */
export function SuggestionActions({ drafted, ...about }: SuggestionActionsProps) {
  const { policy, rule } = about;
  const router = useRouter();
  const editing = useAction(follow, {
    onSuccess: () => router.push(`/policies/${policy}/edit?rule=${encodeURIComponent(rule)}`),
  });
  const simulating = useAction(follow, { onSuccess: () => router.push(`/policies/${policy}/simulate`) });
  const bringing = useAction(restore);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {drafted ? (
        <Button asChild size="sm">
          <Link href={`/policies/${policy}/edit?rule=${encodeURIComponent(rule)}`}>
            <FilePen aria-hidden />
            Open the draft
          </Link>
        </Button>
      ) : (
        <>
          <Button size="sm" pending={simulating.pending} onClick={() => simulating.run(about)}>
            <FlaskConical aria-hidden />
            Draft and simulate
          </Button>
          <Button size="sm" pending={editing.pending} onClick={() => editing.run(about)}>
            <FilePen aria-hidden />
            Begin a draft
          </Button>
        </>
      )}
      <ReasonDialog
        title="Put this suggestion aside"
        description="Nobody hears it again for ninety days, unless it is brought back."
        confirm="Put aside"
        tone="primary"
        action={(fields) => dismiss({ ...about, reason: fields.text("reason") })}
        onDone={() => toast.undo("Put aside", () => bringing.run(about))}
        trigger={
          <Button size="sm" variant="ghost">
            Dismiss
          </Button>
        }
      />
    </div>
  );
}
