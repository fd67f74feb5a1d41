"use client";
import { Trash2 } from "lucide-react";
import { useAction } from "@/components/form/use-action";
import { AlertDialog, AlertDialogCancel, AlertDialogContent, AlertDialogTrigger } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { DialogFooter } from "@/components/ui/dialog";
import { removeDemoOrganisation } from "../actions";

/** The way from the demo to an organisation of one's own. */
export function DemoCard({ name }: { name: string }) {
  const { run, pending } = useAction(removeDemoOrganisation, { onSuccess: () => window.location.assign("/welcome") });
  return (
    <Card>
      <CardHeader
        title="Demo organisation"
        description={`${name} and all that happened in it can be removed, to begin with your own.`}
        className="border-b-0"
        actions={
          <AlertDialog>
            <AlertDialogTrigger asChild>
              <Button variant="danger-quiet">
                <Trash2 aria-hidden />
                Remove the demo
              </Button>
            </AlertDialogTrigger>
            <AlertDialogContent
              title={`Remove ${name}?`}
              description="People, agents, runs, approvals and the audit trail of the demo are deleted. This cannot be undone. You then set up your own organisation."
            >
              <DialogFooter>
                <AlertDialogCancel asChild>
                  <Button>Cancel</Button>
                </AlertDialogCancel>
                <Button variant="danger" pending={pending} onClick={() => run(null)}>
                  Remove the demo
                </Button>
              </DialogFooter>
            </AlertDialogContent>
          </AlertDialog>
        }
      />
    </Card>
  );
}
