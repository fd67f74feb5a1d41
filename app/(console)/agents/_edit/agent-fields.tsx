"use client";
import type { AgentDraft, EditedAgent } from "@/app/(console)/agents/_edit/agent-changes";
import { personOptions } from "@/app/(console)/chart/_edit/choices";
import { ChoiceField } from "@/components/form/choice-field";
import { TextareaField, TextField } from "@/components/form/fields";
import type { FormFields } from "@/components/form/fields-of";
import { NamesPicker } from "@/components/form/names-picker";
import type { PersonChoice } from "@/lib/agents/chart-choices";
import type { BoundaryFields } from "@/lib/agents/schemas";

type Words = Pick<BoundaryFields, "systemsRead" | "systemsWritten" | "neverData" | "delegates">;

interface AgentFieldsProps {
  agent: EditedAgent;
  people: readonly PersonChoice[];
  others: readonly { slug: string; name: string }[];
  systems: readonly { id: string; name: string }[];
  words: Words;
  onWords: (words: Words) => void;
}

const WORD_MAX = 80;
const isWord = (text: string): boolean => text !== "" && text.length <= WORD_MAX;

/** What the fields below say, as the command takes it. */
export const readAgent = (fields: FormFields, words: Words): AgentDraft => {
  const run = fields.optional("rate.run");
  const agent = fields.optional("rate.agent");
  return {
    name: fields.text("name").trim(),
    ownerId: fields.text("ownerId"),
    boundary: {
      purpose: fields.optional("boundary.purpose") ?? null,
      model: fields.optional("boundary.model") ?? null,
      framework: fields.optional("boundary.framework") ?? null,
      instructionsHash: fields.optional("boundary.instructionsHash") ?? null,
      ...words,
    },
    rate: { ...(run !== undefined && { run }), ...(agent !== undefined && { agent }) },
  };
};

export function AgentFields({ agent, people, others, systems, words, onWords }: AgentFieldsProps) {
  const { boundary, rate, inherited } = agent;
  const options = systems.map(({ id, name }) => ({ value: id, label: name, detail: id, group: "Catalogue" }));
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField name="name" label="Name" required maxLength={120} autoComplete="off" defaultValue={agent.name} />
        <ChoiceField
          name="ownerId"
          label="Owner"
          required
          options={personOptions(people)}
          defaultValue={agent.ownerId}
        />
      </div>
      <TextareaField name="boundary.purpose" label="Purpose" maxLength={2_000} defaultValue={boundary.purpose ?? ""} />
      <NamesPicker
        name="boundary.systemsRead"
        label="Systems read"
        values={words.systemsRead}
        onChange={(systemsRead) => onWords({ ...words, systemsRead })}
        options={options}
        none="None said"
        add="System"
        accepts={isWord}
      />
      <NamesPicker
        name="boundary.systemsWritten"
        label="Systems written"
        values={words.systemsWritten}
        onChange={(systemsWritten) => onWords({ ...words, systemsWritten })}
        options={options}
        none="None said"
        add="System"
        accepts={isWord}
      />
      <NamesPicker
        name="boundary.neverData"
        label="Never data"
        hint="What it must never see or send, in words: card numbers, health records."
        values={words.neverData}
        onChange={(neverData) => onWords({ ...words, neverData })}
        options={[]}
        none="Nothing said"
        add="Word"
        accepts={isWord}
      />
      <NamesPicker
        name="boundary.delegates"
        label="Delegates to"
        hint="Agents below it and in its team can always be handed work, others only if named here. What goes wrong counts for the agent that does it."
        values={words.delegates}
        onChange={(delegates) => onWords({ ...words, delegates })}
        options={others.map(({ slug, name }) => ({ value: slug, label: name, detail: slug, group: "Agents" }))}
        none="Nobody else"
        add="Agent"
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="boundary.model"
          label="Model"
          maxLength={120}
          autoComplete="off"
          defaultValue={boundary.model ?? ""}
        />
        <TextField
          name="boundary.framework"
          label="Framework"
          maxLength={120}
          autoComplete="off"
          defaultValue={boundary.framework ?? ""}
        />
      </div>
      <TextField
        name="boundary.instructionsHash"
        label="Instructions"
        hint="SHA-256 of the text in hex (sha256sum prompt.md): the text stays with the agent."
        autoComplete="off"
        spellCheck={false}
        defaultValue={boundary.instructionsHash ?? ""}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="rate.run"
          label="Requests of each run"
          hint="Such as 60/m, 1000/h or unlimited."
          placeholder={`${inherited.run}, as everywhere`}
          autoComplete="off"
          defaultValue={rate.run ?? ""}
        />
        <TextField
          name="rate.agent"
          label="Requests of all its runs"
          placeholder={`${inherited.agent}, as everywhere`}
          autoComplete="off"
          defaultValue={rate.agent ?? ""}
        />
      </div>
    </>
  );
}
