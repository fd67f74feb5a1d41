"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { ActionChoice } from "@/app/(console)/policies/~new/action-choice";
import { ParameterField } from "@/app/(console)/policies/~new/parameter-field";
import { RuleSummary } from "@/app/(console)/policies/_components/rule-summary";
import { startPolicyDraft } from "@/app/(console)/policies/actions";
import { Form } from "@/components/form/form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { fail } from "@/lib/kernel/result";
import { slugFrom } from "@/lib/kernel/slug";
import type { RuleNames } from "@/lib/policies/rule-names";
import { templateOf, type TemplateFit } from "@/lib/policies/templates/templates";
import { fillTemplate, initialValues, parameterFault } from "@/lib/policies/templates/fill";

interface NewPolicyFormProps {
  /** null: an empty draft. */
  template: string | null;
  fits: readonly TemplateFit[];
  people: readonly { email: string; name: string }[];
}

/** Name, values and actions of a new policy, and the rules that they make, in words, while one types. */
export function NewPolicyForm({ template: id, fits, people }: NewPolicyFormProps) {
  const router = useRouter();
  const template = id === null ? null : templateOf(id);
  const [name, setName] = useState(template?.title ?? "");
  const [values, setValues] = useState(() => (template ? initialValues(template) : {}));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(fits.map((fit) => fit.action)));
  const rules = template
    ? fillTemplate(
        template,
        fits.filter((fit) => chosen.has(fit.action)),
        values,
      )
    : [];
  const slug = slugFrom(name);
  const submit = async () => {
    if (slug === "") return fail("invalid_input", "needs a letter or a digit", "name");
    for (const parameter of template?.parameters ?? []) {
      const fault = parameterFault(parameter, values[parameter.key] ?? "");
      if (fault !== null) return fail("invalid_input", `must be ${fault}`, parameter.key);
    }
    const begun = await startPolicyDraft({ policy: slug, name, rules, isNew: true });
    return !begun.ok && begun.error.field === "policy" ? fail("conflict", begun.error.message, "name") : begun;
  };
  return (
    <Form aria-label="New policy" action={submit} onSuccess={() => router.push(`/policies/${slug}/edit`)}>
      <TextField
        name="name"
        label="Name"
        hint={slug === "" ? "Its address is made from it." : `Its address: ${slug}`}
        required
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {template && (
        <div className="grid gap-4 sm:grid-cols-2">
          {template.parameters.map((parameter) => (
            <ParameterField
              key={parameter.key}
              parameter={parameter}
              value={values[parameter.key] ?? ""}
              people={people}
              onChange={(value) => setValues((before) => ({ ...before, [parameter.key]: value }))}
            />
          ))}
        </div>
      )}
      {template && <ActionChoice fits={fits} chosen={chosen} onChange={setChosen} />}
      {template && (
        <Card>
          <CardHeader title="What it will say" description="Everything can be changed in the draft." />
          <CardBody className="flex flex-col gap-3" aria-live="polite">
            {rules.length === 0 ? (
              <p className="text-sm text-muted">
                {fits.length === 0 || chosen.size === 0
                  ? "No rule yet: no action is chosen. The draft begins empty."
                  : "No rule yet: a value above does not hold."}
              </p>
            ) : (
              rules.map((rule) => <RuleSummary key={rule.id} rule={rule} names={namesOf(fits, people)} />)
            )}
          </CardBody>
        </Card>
      )}
      <SubmitButton className="self-start">Create the draft</SubmitButton>
    </Form>
  );
}

const namesOf = (fits: readonly TemplateFit[], people: NewPolicyFormProps["people"]): RuleNames => ({
  nodes: {},
  actions: Object.fromEntries(fits.flatMap(({ action, title }) => (title === null ? [] : [[action, title]]))),
  people: Object.fromEntries(people.map(({ email, name }) => [email, name])),
  rotations: {},
});
