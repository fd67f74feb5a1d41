"use client";
import { Archive, ArchiveRestore, Pencil } from "lucide-react";
import Link from "next/link";

import { retire, revive } from "@/app/(console)/catalogue/actions";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

/** Edit, retire and revive an action. */
export function ActionButtons({ id, retired }: { id: string; retired: boolean }) {
  const back = useAction(revive, { onSuccess: () => toast.success(`${id} is in use`) });
  const out = useAction(retire, {
    onSuccess: () => toast.undo(`${id} is retired: it is denied from now on`, () => back.run({ id })),
  });
  return (
    <>
      <Button asChild>
        <Link href={`/catalogue/${id}/edit`}>
          <Pencil aria-hidden />
          Edit
        </Link>
      </Button>
      {retired ? (
        <Button variant="primary" pending={back.pending} onClick={() => back.run({ id })}>
          <ArchiveRestore aria-hidden />
          Take into use
        </Button>
      ) : (
        <Button variant="danger-quiet" pending={out.pending} onClick={() => out.run({ id })}>
          <Archive aria-hidden />
          Retire
        </Button>
      )}
    </>
  );
}
