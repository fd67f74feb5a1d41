"use client";
import { Check } from "lucide-react";

import { create, retire } from "@/app/(console)/catalogue/actions";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { Suggestion } from "@/lib/catalogue/suggest";

/** Puts the action into the catalogue as suggested. Where the verb is not known the form is the way: a person looks first. */
export function AcceptButton({
  row: { action, suggestion, knownSystem },
  size = "xs",
}: {
  row: { action: string; suggestion: Suggestion; knownSystem: boolean };
  size?: "xs" | "md";
}) {
  const back = useAction(retire);
  const { run, pending } = useAction(create, {
    onSuccess: () => toast.undo(`${action} is in the catalogue as suggested`, () => back.run({ id: action })),
  });
  if (!suggestion.sure) return null;
  const { systemId, title, kind, reversibility, impact, dataClasses, args, evidence, rollback } = suggestion;
  return (
    <Button
      size={size}
      variant={size === "md" ? "primary" : "secondary"}
      pending={pending}
      data-act="approve"
      aria-label={`Accept the suggestion for ${action}`}
      onClick={() =>
        run({
          id: action,
          systemId,
          title,
          kind,
          reversibility,
          impact,
          dataClasses,
          args,
          evidence,
          rollback,
          systemName: knownSystem ? null : systemId,
        })
      }
    >
      <Check aria-hidden />
      {size === "md" ? "Accept the suggestion" : "Accept"}
    </Button>
  );
}
