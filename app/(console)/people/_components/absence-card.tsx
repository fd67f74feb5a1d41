"use client";
import { Palmtree, Plus } from "lucide-react";
import { useState } from "react";

import { Soon } from "@/components/domain/soon";
import { SelectField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { instantOfLocal, LocalTimeField } from "@/components/form/local-time-field";
import { SubmitButton } from "@/components/form/submit-button";
import { useAction } from "@/components/form/use-action";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { useTimeZone } from "@/components/ui/time-zone";
import type { Absences, AbsenceView } from "@/lib/people/absence-queries";
import { beBack, goAway } from "../absence-actions";

interface AbsenceCardProps {
  person: { id: string; name: string; isViewer: boolean };
  absences: Absences;
}

/** When a person is away, and who is asked in their place. */
export function AbsenceCard({ person, absences: { rows, mayWrite, delegates } }: AbsenceCardProps) {
  return (
    <Card>
      <CardHeader
        title="Away"
        description="Others are asked meanwhile. What waits can still be decided."
        actions={mayWrite && <AwayDialog person={person} delegates={delegates} />}
      />
      {rows.length === 0 ? (
        <EmptyState
          level={3}
          icon={Palmtree}
          title={person.isViewer ? "You are not away" : "Not away"}
          description="Approvals are asked as the rules say."
        />
      ) : (
        <ul className="divide-y divide-line text-sm">
          {rows.map((row) => (
            <AbsenceRow key={row.id} row={row} mayWrite={mayWrite} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function AbsenceRow({ row, mayWrite }: { row: AbsenceView; mayWrite: boolean }) {
  const { run, pending } = useAction(beBack);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
      {row.isNow && <Badge tone="escalate">Now</Badge>}
      <span className="min-w-40 flex-1">
        <Soon at={row.startsAt} /> – {row.endsAt === null ? "until back" : <Soon at={row.endsAt} />}
        <span className="block text-xs text-muted">
          {row.delegate === null ? "Nobody in their place" : `${row.delegate} is asked in their place`}
        </span>
      </span>
      {mayWrite && (
        <Button size="sm" pending={pending} onClick={() => run({ absenceId: row.id })}>
          {row.isNow ? "Back" : "Cancel"}
        </Button>
      )}
    </li>
  );
}

/** Radix keeps the empty text for "nothing chosen". */
const NOBODY = "nobody";

function AwayDialog({ person, delegates }: { person: AbsenceCardProps["person"]; delegates: Absences["delegates"] }) {
  const [open, setOpen] = useState(false);
  const zone = useTimeZone();
  const title = person.isViewer ? "You are away" : `${person.name} is away`;
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">
          <Plus aria-hidden />
          Away
        </Button>
      </DialogTrigger>
      <DialogContent title={title} description="From then on others are asked first.">
        <Form
          aria-label={title}
          className="min-h-0 gap-0"
          action={(fields) => {
            const until = fields.optional("endsAt");
            const delegate = fields.text("delegateId");
            return goAway({
              personId: person.id,
              startsAt: instantOfLocal(fields.text("startsAt"), zone),
              endsAt: until === undefined ? null : instantOfLocal(until, zone),
              delegateId: delegate === NOBODY ? null : delegate,
            });
          }}
          onSuccess={() => setOpen(false)}
        >
          <DialogBody className="flex flex-col gap-4">
            <LocalTimeField name="startsAt" label="From" required fromNow />
            <LocalTimeField name="endsAt" label="Until" hint="Empty: until they say that they are back." />
            <SelectField
              name="delegateId"
              label="In their place"
              required
              hint="Is asked instead where they may decide themselves. This gives nobody authority."
              options={[
                { value: NOBODY, label: "Nobody: the next contact" },
                ...delegates.map(({ id, name, email }) => ({ value: id, label: name, hint: email })),
              ]}
              defaultValue={NOBODY}
            />
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <SubmitButton>Save</SubmitButton>
          </DialogFooter>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
