"use client";
import { useRouter } from "next/navigation";
import { useId } from "react";

import { startPolicySimulation } from "@/app/(console)/policies/[slug]/simulate/actions";
import { simulateHref } from "@/app/(console)/policies/[slug]/simulate/search-params";
import { SelectField, TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import type { SimulationChoices } from "@/lib/policies/simulation/views";

const DAYS = [1, 7, 14, 30, 60, 90];
/** A select keeps the empty text for "nothing chosen". */
const ALL = "all";

interface StartFormProps {
  policy: string;
  draftId: string;
  revision: number;
  choices: SimulationChoices;
  /** What the last one looked at. */
  last: { days: number; agentId: string; action: string } | null;
  again: boolean;
}

/** Which past decisions the draft is tried on. */
export function StartForm({ policy, draftId, revision, choices, last, again }: StartFormProps) {
  const router = useRouter();
  const list = useId();
  return (
    <Form
      aria-label="Simulate"
      action={(fields) =>
        startPolicySimulation({
          policy,
          draftId,
          revision,
          days: fields.number("days") ?? 30,
          agentId: fields.text("agentId") === ALL ? null : fields.text("agentId"),
          action: fields.optional("action") ?? null,
        })
      }
      onSuccess={() => router.push(simulateHref(policy))}
    >
      <SelectField
        name="days"
        label="Decisions of"
        required
        options={DAYS.map((days) => ({
          value: String(days),
          label: days === 1 ? "the last day" : `the last ${days} days`,
        }))}
        defaultValue={String(last?.days ?? 30)}
      />
      <SelectField
        name="agentId"
        label="Agent"
        required
        options={[
          { value: ALL, label: "All agents" },
          ...choices.agents.map(({ id, name, slug }) => ({ value: id, label: name, hint: slug })),
        ]}
        defaultValue={last?.agentId ?? ALL}
      />
      <TextField
        name="action"
        label="Action"
        hint="An action, or a pattern such as crm.*; empty is all."
        placeholder="All actions"
        list={list}
        defaultValue={last?.action ?? ""}
        spellCheck={false}
        autoComplete="off"
      />
      <datalist id={list}>
        {choices.actions.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </datalist>
      <SubmitButton>{again ? "Run again" : "Simulate"}</SubmitButton>
    </Form>
  );
}
