"use client";
import { NamesPicker, type NameOption } from "@/components/form/names-picker";
import { formatPlural } from "@/components/ui/format/number";
import { isActionPattern, matchesAction } from "@/lib/catalogue/match";
import type { EditorWorld } from "@/lib/policies/builder/editor-world";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import { isSlug } from "@/lib/kernel/slug";

interface RuleMatchProps {
  match: DraftRule["match"];
  onChange: (match: DraftRule["match"]) => void;
  world: EditorWorld;
}

/** Which actions of whom a rule is about. */
export function RuleMatch({ match, onChange, world }: RuleMatchProps) {
  const reached = world.actions.filter(({ id }) => match.actions.some((pattern) => matchesAction(pattern, id))).length;
  const hasPattern = match.actions.some((pattern) => pattern.endsWith("*"));
  return (
    <>
      <NamesPicker
        name="actions"
        label="Actions"
        required
        hint={
          hasPattern
            ? `The patterns match ${formatPlural(reached, "action")} of the catalogue today, and those that are added.`
            : undefined
        }
        values={match.actions}
        onChange={(actions) => onChange({ ...match, actions })}
        options={actionOptions(world)}
        none="None yet"
        add="Action"
        accepts={isActionPattern}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <NamesPicker
          name="agents"
          label="Agents"
          values={match.agents ?? []}
          onChange={(agents) => onChange(withNames(match, "agents", agents))}
          options={world.agents.map(({ slug, name }) => ({ value: slug, label: name, detail: slug, group: "Agents" }))}
          none={match.nodes?.length ? "None beside these teams" : "Every agent"}
          add="Agent"
          accepts={world.isPartial ? isSlug : undefined}
        />
        <NamesPicker
          name="nodes"
          label="Teams, with everybody below"
          values={match.nodes ?? []}
          onChange={(nodes) => onChange(withNames(match, "nodes", nodes))}
          options={[...world.nodes, ...world.agents].map(({ slug, name, kind }) => ({
            value: slug,
            label: name,
            detail: slug,
            group: kind === "team" ? "Teams" : kind === "person" ? "People" : "Agents with those below",
          }))}
          none={match.agents?.length ? "None beside these agents" : "The whole chart"}
          add="Team"
          accepts={world.isPartial ? isSlug : undefined}
        />
      </div>
    </>
  );
}

/** Naming nobody is to name everybody: an empty list is left out. */
function withNames(match: DraftRule["match"], key: "agents" | "nodes", names: string[]): DraftRule["match"] {
  const { [key]: _before, ...rest } = match;
  return names.length > 0 ? { ...rest, [key]: names } : rest;
}

function actionOptions(world: EditorWorld): NameOption[] {
  const systems = new Map(world.actions.map(({ system }) => [system.id, system]));
  return [
    { value: "*", label: "Every action", detail: "*", group: "Patterns" },
    ...[...systems.values()].map(({ id, name }): NameOption => ({
      value: `${id}.*`,
      label: `Everything of ${name}`,
      detail: `${id}.*`,
      group: "Patterns",
    })),
    ...world.actions.map(({ id, title, system }): NameOption => ({
      value: id,
      label: title,
      detail: id,
      group: system.name,
    })),
  ];
}
