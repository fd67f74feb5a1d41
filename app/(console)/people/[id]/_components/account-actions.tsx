"use client";
import { Ban, KeyRound, RotateCcw, UserRound } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { PersonState } from "@/lib/people/list-params";
import { disable, enable, makeLink } from "../../actions";
import { OneTimeLink } from "../../_components/one-time-link";

interface AccountActionsProps {
  person: { id: string; name: string; state: PersonState; isViewer: boolean; administrable: boolean };
}

/** What may be done with the account; the commands decide, this only leaves out what they would refuse. */
export function AccountActions({ person }: AccountActionsProps) {
  const { id: personId, name, state, isViewer, administrable } = person;
  const [link, setLink] = useState<{ token: string; expiresAt: Date } | null>(null);
  const linking = useAction(makeLink, { onSuccess: setLink });
  const enabling = useAction(enable, { onSuccess: () => toast.success(`${name} may sign in again`) });
  const disabling = useAction(disable, {
    onSuccess: () => toast.undo(`${name} is disabled and signed out everywhere`, () => enabling.run({ personId })),
  });
  return (
    <>
      {isViewer && (
        <Button asChild>
          <Link href="/people/me">
            <UserRound aria-hidden />
            Your account
          </Link>
        </Button>
      )}
      {administrable && !isViewer && state !== "disabled" && (
        <>
          <Button pending={linking.pending} onClick={() => linking.run({ personId })}>
            <KeyRound aria-hidden />
            {state === "invited" ? "New invitation link" : "Password link"}
          </Button>
          <Button variant="danger-quiet" pending={disabling.pending} onClick={() => disabling.run({ personId })}>
            <Ban aria-hidden />
            Disable
          </Button>
        </>
      )}
      {administrable && !isViewer && state === "disabled" && (
        <Button pending={enabling.pending} onClick={() => enabling.run({ personId })}>
          <RotateCcw aria-hidden />
          Enable
        </Button>
      )}
      <Dialog open={link !== null} onOpenChange={(open) => !open && setLink(null)}>
        {link && (
          <DialogContent
            title={state === "invited" ? `Invitation for ${name}` : `Password link for ${name}`}
            description="Earlier links no longer work. Setting the password signs them out everywhere else."
          >
            <DialogBody>
              <OneTimeLink {...link} name={name} />
            </DialogBody>
            <DialogFooter>
              <DialogClose asChild>
                <Button variant="primary">Done</Button>
              </DialogClose>
            </DialogFooter>
          </DialogContent>
        )}
      </Dialog>
    </>
  );
}
