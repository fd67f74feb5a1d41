"use client";
import { Plus, X } from "lucide-react";

import { NamesPicker, type NameOption } from "@/components/form/names-picker";
import { SwitchField, TextField } from "@/components/form/fields";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { EditorWorld } from "@/lib/policies/builder/editor-world";
import { readContact } from "@/lib/policies/contact";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import { Field } from "@/components/form/field";
import { QUORUM_MAX } from "@/lib/policies/schemas";

interface AskedFieldsProps {
  rule: DraftRule;
  onChange: (change: Partial<DraftRule>) => void;
  world: EditorWorld;
}

type NextContact = NonNullable<DraftRule["then"]>[number];

const nextIs = (list: NextContact[]): Partial<DraftRule> => ({
  // oxlint-disable-next-line unicorn/no-thenable -- the word that manifests use; a list is never called
  then: list.length > 0 ? list : undefined,
});

const isContact = (text: string): boolean => readContact(text) !== null;

/** Whom an escalation asks: first, how many must agree, who is asked next and when, and who must not decide. */
export function AskedFields({ rule, onChange, world }: AskedFieldsProps) {
  const options = contactOptions(world);
  const { to = [], then: next = [], quorum, excludeOwner } = rule;
  return (
    <fieldset className="flex min-w-0 flex-col gap-4 rounded-lg border border-line p-4">
      <legend className="px-1 text-sm font-medium">Who is asked</legend>
      <NamesPicker
        name="to"
        label="First"
        hint="Only people who may decide for the agent are asked, whoever is named."
        values={to}
        onChange={(values) => onChange(values.length > 0 ? { to: values } : { ...nextIs([]), to: undefined })}
        options={options}
        accepts={isContact}
        none="The nearest person above the agent, then the next above"
        add="Contact"
      />
      {to.length > 0 && <NextContacts next={next} options={options} onChange={(list) => onChange(nextIs(list))} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="quorum"
          label="People who must agree"
          hint="Different people. The first no ends it."
          type="number"
          inputMode="numeric"
          min={1}
          max={QUORUM_MAX}
          placeholder="1"
          value={quorum ?? ""}
          onChange={(event) => {
            const count = event.target.valueAsNumber;
            onChange({ quorum: Number.isInteger(count) && count >= 0 && count <= 1_000 ? count : undefined });
          }}
        />
        <TextField
          name="deadline"
          label="Decided within"
          hint="Such as 30m, 8h, 2d; else the organisation’s own time. What nobody decides is denied."
          value={rule.deadline ?? ""}
          onChange={(event) => onChange({ deadline: event.target.value === "" ? undefined : event.target.value })}
        />
      </div>
      <SwitchField
        name="excludeOwner"
        label="Not decided by the agent’s accountable owner"
        hint="Whoever asked, and the person on whose behalf it acts, never decide."
        onCheckedChange={(excluded) => onChange({ excludeOwner: excluded ? true : undefined })}
        defaultChecked={excludeOwner === true}
      />
    </fieldset>
  );
}

interface NextContactsProps {
  next: readonly NextContact[];
  options: readonly NameOption[];
  onChange: (next: NextContact[]) => void;
}

/** The steps after the first, each with how long after the one before. */
function NextContacts({ next, options, onChange }: NextContactsProps) {
  const change = (index: number, part: Partial<NextContact>) =>
    onChange(next.map((one, place) => (place === index ? { ...one, ...part } : one)));
  return (
    <Field name="then" label="If nobody decides" hint="Asked beside those before, each so long after them.">
      {(control) => (
        <ol className="flex flex-col gap-3">
          {next.map((step, index) => (
            // Steps have no names of their own: their place is what they are.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index} className="flex flex-wrap items-start gap-2 rounded-md border border-line bg-surface-2 p-2">
              <div className="flex items-center gap-2 text-sm text-muted">
                <span aria-hidden>After</span>
                <Input
                  aria-label={`Time before contact ${index + 2} is asked`}
                  className="w-20"
                  placeholder="10m"
                  value={step.after}
                  onChange={(event) => change(index, { after: event.target.value })}
                />
              </div>
              <div className="min-w-48 flex-1">
                <NamesPicker
                  name={`then.${index}.to`}
                  label={`Contact ${index + 2}`}
                  values={step.to}
                  onChange={(to) => change(index, { to })}
                  options={options}
                  accepts={isContact}
                  none="Nobody yet"
                  add="Contact"
                />
              </div>
              <Button
                variant="ghost"
                size="icon"
                aria-label={`Remove contact ${index + 2}`}
                onClick={() => onChange(next.filter((_one, place) => place !== index))}
              >
                <X aria-hidden />
              </Button>
            </li>
          ))}
          <li>
            <Button
              id={control.id}
              size="sm"
              data-field="then"
              // The field's label would be read instead of what it does.
              aria-label="Add next contact"
              aria-describedby={control["aria-describedby"]}
              onClick={() => onChange([...next, { to: [], after: "10m" }])}
            >
              <Plus aria-hidden />
              Next contact
            </Button>
          </li>
        </ol>
      )}
    </Field>
  );
}

/** People, who is on call, and the roles that somebody holds. */
function contactOptions(world: EditorWorld): NameOption[] {
  const names = new Map([...world.nodes, ...world.agents].map((node) => [node.slug, node.name]));
  const roles = new Map(
    world.reach.roles
      .filter(({ role }) => role !== "auditor")
      .map(({ role, node }) => [`role:${role}@${node}`, `${ROLE_WORDS[role]} of ${names.get(node) ?? node}`]),
  );
  return [
    ...world.people.map(({ email, name }) => ({ value: email, label: name, detail: email, group: "People" })),
    ...world.rotations.map(({ slug, name }) => ({
      value: `rotation:${slug}`,
      label: `On call: ${name}`,
      group: "Rotations",
    })),
    ...[...roles].map(([value, label]) => ({ value, label, group: "Roles" })),
  ];
}

const ROLE_WORDS = { admin: "Admins", manager: "Managers", reviewer: "Reviewers", auditor: "Auditors" };
