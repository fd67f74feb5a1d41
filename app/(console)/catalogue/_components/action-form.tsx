"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useId, useState } from "react";

import { create, save } from "@/app/(console)/catalogue/actions";
import { TierOutcomes } from "@/app/(console)/catalogue/_components/tier-outcomes";
import { CheckboxField, SelectField, TextareaField, TextField } from "@/components/form/fields";
import type { FormFields } from "@/components/form/fields-of";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { toast } from "@/components/ui/toast";
import { mappingFromText, objectFromText, wordsFromText } from "@/lib/catalogue/form-text";
import { EVIDENCE_KINDS, type EvidenceKind } from "@/lib/catalogue/schemas";
import type { Json } from "@/lib/kernel/json";
import type { Result } from "@/lib/kernel/result";
import {
  IMPACTS,
  KINDS,
  REVERSIBILITIES,
  TIERS,
  type Impact,
  type Kind,
  type Reversibility,
} from "@/lib/tiers/matrices";
import { tierOutcome, type TierOutcome } from "@/lib/tiers/outcome";
import type { Settings } from "@/lib/tiers/settings";

/** What the form begins with. */
interface ActionFormValues {
  id: string;
  systemId: string;
  title: string | null;
  description: string | null;
  kind: Kind;
  reversibility: Reversibility;
  impact: Impact;
  dataClasses: readonly string[];
  args: Json;
  evidence: readonly string[];
  fact: { key: string; value: string } | null;
  rollback: string | null;
  /** How the rollback's arguments follow; null takes those of the same names. */
  rollbackArgs: Json;
}

interface ActionFormProps {
  values: ActionFormValues;
  /** Of an action that is edited: what it is changed from. */
  basis?: string;
  /** `create` chooses system and id, `classify` has them from what agents asked for, `edit` keeps them. */
  mode: "create" | "classify" | "edit";
  systems: readonly { id: string; name: string }[];
  /** Ids of other actions, for what undoes it. */
  others: readonly string[];
  settings: Pick<Settings, "tiers" | "reversibility">;
  /** Beside the form: why a suggestion is as it is, samples. */
  aside?: ReactNode;
}

const KIND_HINTS: Record<Kind, string> = {
  read: "looks; changes nothing",
  draft: "leaves a draft that a person can discard",
  propose: "puts something before people",
  execute: "changes the world",
};
const REVERSIBILITY_HINTS: Record<Reversibility, string> = {
  reversible: "can be taken back",
  compensable: "can be made good by a second act",
  irreversible: "stays done",
};
const EVIDENCE_LABELS: Record<EvidenceKind, string> = {
  reason: "A reason",
  confidence: "Its confidence",
  sources: "Sources",
  references: "References",
  alternatives: "Alternatives",
  proposedAction: "The proposed action",
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** An action's whole definition, with what the matrices make of it beside. */
export function ActionForm({ values, basis, mode, systems, others, settings, aside }: ActionFormProps) {
  const router = useRouter();
  const ids = useId();
  const [kind, setKind] = useState(values.kind);
  const [reversibility, setReversibility] = useState(values.reversibility);
  const [impact, setImpact] = useState(values.impact);
  const outcomes = Object.fromEntries(
    TIERS.map((tier) => [tier, tierOutcome(settings, tier, { kind, reversibility, impact })]),
  ) as Record<(typeof TIERS)[number], TierOutcome>;
  const unknownSystem = mode === "classify" && !systems.some((system) => system.id === values.systemId);

  const submit = async (fields: FormFields): Promise<Result<{ id: string }>> => {
    const args = objectFromText(fields.text("args"), "args");
    if (!args.ok) return args;
    const systemId = mode === "create" ? fields.text("systemId") : values.systemId;
    const follow = mappingFromText(fields.text("rollbackArgs"));
    if (!follow.ok) return follow;
    const key = fields.optional("fact.key");
    const value = fields.optional("fact.value");
    const input = {
      id: mode === "create" ? `${systemId}.${fields.text("id").trim()}` : values.id,
      systemId,
      title: fields.optional("title") ?? null,
      description: fields.optional("description") ?? null,
      kind,
      reversibility,
      impact,
      dataClasses: wordsFromText(fields.text("dataClasses")),
      args: args.value,
      evidence: EVIDENCE_KINDS.filter((one) => fields.checked(`evidence.${one}`)),
      fact: key === undefined && value === undefined ? null : { key: key ?? "", value: value ?? "" },
      rollback: fields.optional("rollback") ?? null,
      rollbackArgs: follow.value,
    };
    const result =
      mode === "edit"
        ? await save({ ...input, ...(basis !== undefined && { basis }) })
        : await create({ ...input, systemName: unknownSystem ? fields.text("systemName") : null });
    return result.ok ? result : { ok: false, error: { ...result.error, ...fieldOf(result.error.field) } };
  };

  return (
    <Form
      aria-label="Action"
      action={submit}
      onSuccess={({ id }) => {
        toast.success(mode === "edit" ? "Saved" : `${id} is in the catalogue`, "The next decision reads it.");
        router.push(`/catalogue/${id}`);
      }}
    >
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="flex flex-col gap-4 lg:col-span-2">
          <Card>
            <CardHeader title="What it is" />
            <CardBody className="grid gap-4 sm:grid-cols-2">
              {mode === "create" && (
                <>
                  <SelectField
                    name="systemId"
                    label="System"
                    required
                    options={systems.map((system) => ({ value: system.id, label: system.name, hint: system.id }))}
                    defaultValue={values.systemId || undefined}
                  />
                  <TextField
                    name="id"
                    label="Verb"
                    required
                    maxLength={120}
                    placeholder="update_account"
                    hint="After the system's id. It stays: agents ask by it."
                  />
                </>
              )}
              {unknownSystem && (
                <TextField
                  name="systemName"
                  label={`Name of the new system “${values.systemId}”`}
                  required
                  maxLength={120}
                  defaultValue={capital(values.systemId.replaceAll(/[_-]/g, " "))}
                  className="sm:col-span-2"
                />
              )}
              <TextField
                name="title"
                label="Title"
                maxLength={120}
                placeholder="Update an account"
                defaultValue={values.title ?? ""}
                hint="In words, for people."
                className="sm:col-span-2"
              />
              <TextareaField
                name="description"
                label="Description"
                rows={2}
                maxLength={2_000}
                defaultValue={values.description ?? ""}
                className="sm:col-span-2"
              />
            </CardBody>
          </Card>
          <Card>
            <CardHeader
              title="How carefully"
              description="With the agent's tier, this decides whether a person is asked."
            />
            <CardBody className="grid gap-4 sm:grid-cols-3">
              <SelectField
                name="kind"
                label="Kind"
                required
                value={kind}
                onValueChange={(next) => setKind(KINDS.find((one) => one === next) ?? kind)}
                options={KINDS.map((one) => ({ value: one, label: capital(one), hint: KIND_HINTS[one] }))}
              />
              <SelectField
                name="reversibility"
                label="Undo"
                required
                value={reversibility}
                onValueChange={(next) => setReversibility(REVERSIBILITIES.find((one) => one === next) ?? reversibility)}
                options={REVERSIBILITIES.map((one) => ({
                  value: one,
                  label: capital(one),
                  hint: REVERSIBILITY_HINTS[one],
                }))}
              />
              <SelectField
                name="impact"
                label="Impact"
                required
                value={impact}
                onValueChange={(next) => setImpact(IMPACTS.find((one) => one === next) ?? impact)}
                options={IMPACTS.map((one) => ({ value: one, label: capital(one) }))}
              />
              <TextField
                name="dataClasses"
                label="Data classes"
                placeholder="pii, payment"
                defaultValue={values.dataClasses.join(", ")}
                hint="Of what it reads or sends. Rules may look at what a run has read."
                className="sm:col-span-2"
              />
              <TextField
                name="rollback"
                label="Undone by"
                list={ids}
                spellCheck={false}
                maxLength={128}
                placeholder="system.verb"
                defaultValue={values.rollback ?? ""}
              />
              <datalist id={ids}>
                {others.map((id) => (
                  <option key={id} value={id}>
                    {id}
                  </option>
                ))}
              </datalist>
              <TextareaField
                name="rollbackArgs"
                label="Arguments of what undoes it"
                rows={3}
                spellCheck={false}
                maxLength={10_000}
                placeholder={'{"refund": "$.result.id"}'}
                defaultValue={
                  values.rollbackArgs === null || values.rollbackArgs === "$.args"
                    ? (values.rollbackArgs ?? "")
                    : JSON.stringify(values.rollbackArgs, null, 2)
                }
                hint="JSON, with references into $.args, $.result, $.resource, $.decision and $.run. Empty takes arguments of the same names."
                className="sm:col-span-3 [&_textarea]:font-mono [&_textarea]:text-xs"
              />
              <fieldset className="sm:col-span-3">
                <legend className="mb-2 text-sm font-medium">A request must bring</legend>
                <div className="grid gap-2 sm:grid-cols-3">
                  {EVIDENCE_KINDS.map((one) => (
                    <CheckboxField
                      key={one}
                      name={`evidence.${one}`}
                      label={EVIDENCE_LABELS[one]}
                      defaultChecked={values.evidence.includes(one)}
                    />
                  ))}
                </div>
              </fieldset>
            </CardBody>
          </Card>
          <Card>
            <CardHeader title="Arguments and facts" />
            <CardBody className="grid gap-4 sm:grid-cols-2">
              <TextareaField
                name="args"
                label="JSON Schema of the arguments"
                rows={12}
                spellCheck={false}
                defaultValue={values.args === null ? "" : JSON.stringify(values.args, null, 2)}
                hint="Requests that do not fit are denied. Empty takes any object."
                className="sm:col-span-2 [&_textarea]:font-mono [&_textarea]:text-xs"
              />
              <TextField
                name="fact.key"
                label="Fact: key"
                spellCheck={false}
                maxLength={500}
                placeholder="args.account_id"
                defaultValue={values.fact?.key ?? ""}
                hint="CEL over args and result."
                className="[&_input]:font-mono [&_input]:text-xs"
              />
              <TextField
                name="fact.value"
                label="Fact: value"
                spellCheck={false}
                maxLength={500}
                placeholder="result"
                defaultValue={values.fact?.value ?? ""}
                hint="What its result teaches the run; rules read it."
                className="[&_input]:font-mono [&_input]:text-xs"
              />
            </CardBody>
            <CardFooter className="justify-end">
              <Button variant="ghost" onClick={() => router.back()}>
                Cancel
              </Button>
              <SubmitButton>{mode === "edit" ? "Save" : mode === "classify" ? "Classify" : "Add action"}</SubmitButton>
            </CardFooter>
          </Card>
        </div>
        <div className="flex flex-col gap-4 lg:sticky lg:top-4">
          <Card>
            <CardHeader title="By tier" description="Where it is granted and no rule says otherwise." />
            <CardBody aria-live="polite">
              <TierOutcomes tiers={outcomes} />
            </CardBody>
          </Card>
          {aside}
        </div>
      </div>
    </Form>
  );
}

/** A fault inside the schema or a list belongs to the field that holds it. */
function fieldOf(field: string | undefined): { field?: string } {
  if (field === undefined) return {};
  const [first = ""] = field.split(".");
  return { field: first === "fact" ? (field === "fact" ? "fact.key" : field) : first };
}
