"use client";
import { useState } from "react";
import { SelectField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { toast } from "@/components/ui/toast";
import { choicesFrom, minuteOf, type Channel, type Choice } from "@/lib/notify/choices";
import { CHOICE_IDS, type ChoiceId } from "@/lib/notify/kinds";
import type { ChoicesView } from "@/lib/notify/views";
import { saveMyChoices } from "../actions";
import { ChoiceRow } from "./choice-row";
import { QuietFields } from "./quiet-fields";

const NOBODY = "nobody";

/** How the person is told: by kind, when, and who comes after them. One save for all of it. */
export function ChoicesForm({ view }: { view: ChoicesView }) {
  const [choices, setChoices] = useState(view.choices);
  const [quiet, setQuiet] = useState(view.quiet !== null);
  const change = (id: ChoiceId, choice: Choice) => setChoices((all) => ({ ...all, [id]: choice }));
  return (
    <Form
      aria-label="How you are told"
      action={(fields) => {
        const at = (name: string, otherwise: string) => minuteOf(fields.optional(name) ?? otherwise) ?? -1;
        const secondary = fields.text("secondaryId");
        return saveMyChoices({
          choices,
          quiet: quiet ? { from: at("quiet.from", "22:00"), to: at("quiet.to", "07:00") } : null,
          digestAt: at("digestAt", "08:00"),
          secondaryId: secondary === NOBODY ? null : secondary,
        });
      }}
      onSuccess={() => toast.success("Saved")}
    >
      <Card>
        <CardHeader
          title="What you hear of, and how"
          description="What is urgent comes at once, also in your quiet hours. An urgent matter that you choose nothing for is still shown in the app."
        />
        {unreachable(view).length > 0 && (
          <div className="border-b border-line px-4 py-3">
            <Banner tone="neutral">{missingWords(view)}</Banner>
          </div>
        )}
        <div role="table" aria-label="Channels by kind">
          <div role="rowgroup" className="max-sm:sr-only">
            <div
              role="row"
              className="grid grid-cols-[minmax(0,1fr)_3.5rem_3.5rem_3.5rem_8.5rem] gap-2 px-4 py-2 text-xs text-muted"
            >
              <span role="columnheader">Kind</span>
              <span role="columnheader" className="text-center">
                In app
              </span>
              <span role="columnheader" className="text-center">
                E-mail
              </span>
              <span role="columnheader" className="text-center">
                Chat
              </span>
              <span role="columnheader">Pace</span>
            </div>
          </div>
          <div role="rowgroup" className="divide-y divide-line border-t border-line max-sm:border-t-0">
            {CHOICE_IDS.map((id) => (
              <ChoiceRow key={id} id={id} choice={choices[id]} unreachable={unreachable(view)} onChange={change} />
            ))}
          </div>
        </div>
        <CardFooter>
          <button
            type="button"
            className="mr-auto text-sm text-muted underline-offset-2 hover:text-foreground hover:underline"
            onClick={() => setChoices(choicesFrom({}))}
          >
            Back to the defaults
          </button>
        </CardFooter>
      </Card>
      <Card>
        <CardHeader
          title="When, and who else"
          description={`Times are on the clock of ${view.zone}, the time zone of your account.`}
        />
        <CardBody className="flex flex-col gap-4">
          <QuietFields on={quiet} onChange={setQuiet} quiet={view.quiet} digestAt={view.digestAt} />
          <SelectField
            name="secondaryId"
            label="Secondary contact"
            required
            hint="Told when you do not react to an approval in time, if they may decide it; else the next approver is."
            options={[{ value: NOBODY, label: "The next approver" }, ...view.people]}
            defaultValue={view.secondary ?? NOBODY}
          />
        </CardBody>
      </Card>
      <SubmitButton className="self-start">Save choices</SubmitButton>
    </Form>
  );
}

const unreachable = ({ mail, chats }: ChoicesView): readonly Channel[] => [
  ...(mail ? [] : (["email"] as const)),
  ...(chats.length > 0 ? [] : (["chat"] as const)),
];

const missingWords = ({ mail, chats }: ChoicesView): string =>
  [
    ...(mail ? [] : ["No mail server is set up on this installation, so no e-mail is sent."]),
    ...(chats.length > 0 ? [] : ["You have no chat connected yet: connect one below."]),
    "What you choose here takes effect as soon as there is.",
  ].join(" ");
