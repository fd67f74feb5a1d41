import { ROOT, type Current } from "@/lib/manifest/current";
import { flatten } from "@/lib/manifest/flatten";
import { planCatalogue, planPolicies } from "@/lib/manifest/plan-catalogue";
import { planChart, planEnvelope } from "@/lib/manifest/plan-chart";
import { planPeople, planRoles } from "@/lib/manifest/plan-people";
import { planRotations } from "@/lib/manifest/plan-rotations";
import type { Manifest } from "@/lib/manifest/schemas";
import { differences, same, type PlanStep } from "@/lib/manifest/steps";

/**
 * The steps that make the present configuration what the manifest says, in the order in which they can be done; none when it is so already. Pure.
 *
 * What the manifest does not list is left alone. What it lists is complete: a field that is absent takes its default, except for lists
 * that belong to somebody else as well (`roles`, `grants`, `settings`), which are left alone when absent and exact when present.
 * Disabling and suspending are done, never undone: yesterday's export must not wake what was stopped today.
 */
export function plan(manifest: Manifest, current: Current, now: Date): PlanStep[] {
  const nodes = flatten(manifest);
  return [
    ...planOrganisation(manifest, current),
    ...planPeople(manifest, current),
    ...planChart(nodes, current, now),
    ...planRoles(manifest, current),
    ...planCatalogue(manifest, current),
    ...planRotations(manifest, current),
    ...planPolicies(manifest, current),
    ...disabled(manifest, current),
  ];
}

function planOrganisation(manifest: Manifest, current: Current): PlanStep[] {
  const steps: PlanStep[] = [];
  const { organisation, settings } = manifest;
  if (current.rootId === null) {
    const name = organisation ?? "Organisation";
    steps.push({
      verb: "create",
      subject: "organisation",
      name,
      changes: [],
      act: { do: "organisation.create", name },
    });
  }
  if (organisation !== undefined && organisation !== current.organisation && current.rootId !== null) {
    const changes = differences({ name: current.organisation }, { name: organisation });
    const act = { do: "organisation.rename", name: organisation } as const;
    steps.push({ verb: "update", subject: "organisation", name: organisation, changes, act });
  }
  if (manifest.envelope !== undefined)
    steps.push(...planEnvelope("organisation", ROOT, current.envelope, manifest.envelope));
  if (settings !== undefined && !same(current.settings, settings)) {
    const changes = differences({ ...current.settings }, { ...settings });
    steps.push({ verb: "update", subject: "settings", name: "", changes, act: { do: "settings.save", settings } });
  }
  return steps;
}

/** Last, because whoever is made an owner or a lead on the way must still be active. */
function disabled(manifest: Manifest, current: Current): PlanStep[] {
  const known = new Set(current.people.filter((person) => person.disabled).map((person) => person.email));
  return manifest.people
    .filter((person) => person.disabled && !known.has(person.email))
    .map(({ email }) => {
      return { verb: "suspend", subject: "person", name: email, changes: [], act: { do: "person.disable", email } };
    });
}
