"use client";
import { Archive } from "lucide-react";

import { retire } from "@/app/(console)/agents/actions";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

/** Ends an agent for good. */
export function RetireAgent({ id, name }: { id: string; name: string }) {
  return (
    <ReasonDialog
      title={`Retire ${name}`}
      description="Its credentials and grants are revoked and every decision is a deny. Its runs and records stay. This cannot be undone."
      confirm="Retire"
      action={(fields) => retire({ id, reason: fields.text("reason") })}
      onDone={() => toast.success(`${name} is retired`)}
      trigger={
        <Button variant="ghost">
          <Archive aria-hidden />
          Retire
        </Button>
      }
    />
  );
}
