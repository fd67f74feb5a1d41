"use client";
import { Archive, Ellipsis, FlaskConical, History, Pencil } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { retirePolicyAction, startPolicyDraft } from "@/app/(console)/policies/actions";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { useAction } from "@/components/form/use-action";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toast";

interface PolicyActionsProps {
  slug: string;
  name: string;
  /** There is a draft. */
  draftId: string | null;
  retired: boolean;
  /** Number of the version in force. */
  inForce: number | null;
  versions: number;
  mayWrite: boolean;
}

/** What can be done with a policy: change it, try the change, look back, take it out of force. */
export function PolicyActions({ slug, name, draftId, retired, inForce, versions, mayWrite }: PolicyActionsProps) {
  const router = useRouter();
  const [retiring, setRetiring] = useState(false);
  const edit = () => router.push(`/policies/${slug}/edit`);
  const begin = useAction(startPolicyDraft, { onSuccess: edit });
  const change = () => (draftId === null ? begin.run({ policy: slug }) : edit());
  useHotkeys([{ keys: "e", label: `Edit ${name}`, group: "Policy", palette: true, run: change }], {
    enabled: mayWrite,
  });
  return (
    <>
      {versions > 0 && (
        <Button asChild variant="ghost">
          <Link href={`/policies/${slug}/versions`}>
            <History aria-hidden />
            Versions
          </Link>
        </Button>
      )}
      {draftId !== null && (
        <Button asChild>
          <Link href={`/policies/${slug}/simulate`}>
            <FlaskConical aria-hidden />
            Simulate
          </Link>
        </Button>
      )}
      {mayWrite && (
        <Button variant={draftId === null ? "primary" : "secondary"} pending={begin.pending} onClick={change}>
          <Pencil aria-hidden />
          {draftId === null ? "Edit" : "Edit draft"}
        </Button>
      )}
      {mayWrite && inForce !== null && !retired && (
        <>
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button variant="ghost" size="icon" aria-label={`More for ${name}`}>
                <Ellipsis aria-hidden />
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              <DropdownMenuItem tone="danger" onSelect={() => setRetiring(true)}>
                <Archive aria-hidden />
                Retire
              </DropdownMenuItem>
            </DropdownMenuContent>
          </DropdownMenu>
          <ReasonDialog
            title={`Retire ${name}`}
            description="None of its rules binds the next decision any more. Its versions stay, and publishing one puts it in force again."
            confirm="Retire"
            open={retiring}
            onOpenChange={setRetiring}
            action={(fields) => retirePolicyAction({ id: slug, reason: fields.text("reason") })}
            onDone={() => toast.success(`${name} is retired`)}
          />
        </>
      )}
    </>
  );
}
