"use client";
import { UserCheck } from "lucide-react";

import { savePolicySettings } from "@/app/(console)/settings/policies/actions";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { toast } from "@/components/ui/toast";

/** Whether publishing takes two people, and the switch for it. */
export function PolicySettings({ secondPerson, mayEdit }: { secondPerson: boolean; mayEdit: boolean }) {
  const verb = secondPerson ? "Let one person publish" : "Ask for a second person";
  return (
    <Card>
      <CardHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            Second person
            {secondPerson ? (
              <Badge tone="allow" icon={<UserCheck aria-hidden />}>
                Required
              </Badge>
            ) : (
              <Badge>Not required</Badge>
            )}
          </span>
        }
        description="Who may put a policy's draft in force."
        actions={
          mayEdit && (
            <ReasonDialog
              title={verb}
              description={
                secondPerson
                  ? "Whoever wrote a draft may then publish it, too."
                  : "A draft is then proposed by its authors and published by somebody who wrote nothing in it."
              }
              confirm={verb}
              tone="primary"
              action={(fields) => savePolicySettings({ secondPerson: !secondPerson, reason: fields.text("reason") })}
              onDone={() => toast.success(secondPerson ? "One person publishes" : "Publishing takes two people")}
              trigger={<Button>{verb}</Button>}
            />
          )
        }
      />
      <CardBody className="flex max-w-prose flex-col gap-2 text-sm text-muted">
        <p>
          {secondPerson
            ? "Publishing takes somebody who wrote nothing in the draft. Retiring a policy takes a version without rules first."
            : "Any manager of the whole organisation publishes, the author of the draft among them."}
        </p>
        <p>A manifest that the operator applies is not held to it: it has a review of its own, in version control.</p>
      </CardBody>
    </Card>
  );
}
