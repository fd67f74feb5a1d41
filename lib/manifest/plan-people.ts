import type { Current } from "@/lib/manifest/current";
import type { Manifest } from "@/lib/manifest/schemas";
import { differences, type PlanStep } from "@/lib/manifest/steps";

export function planPeople(manifest: Manifest, current: Current): PlanStep[] {
  const known = new Map(current.people.map((person) => [person.email, person]));
  return manifest.people.flatMap(({ email, name, timeZone }): PlanStep[] => {
    const before = known.get(email);
    const after = { name, timeZone };
    const act = { email, ...after };
    if (!before)
      return [{ verb: "create", subject: "person", name: email, changes: [], act: { do: "person.create", ...act } }];
    const changes = differences({ name: before.name, timeZone: before.timeZone }, after);
    if (changes.length === 0) return [];
    return [{ verb: "update", subject: "person", name: email, changes, act: { do: "person.update", ...act } }];
  });
}

/** After the chart, whose nodes they are bound to. New roles before old ones go, so that there is always an admin. */
export function planRoles(manifest: Manifest, current: Current): PlanStep[] {
  const known = new Map(current.people.map((person) => [person.email, person.roles]));
  const granted: PlanStep[] = [];
  const revoked: PlanStep[] = [];
  for (const { email, roles } of manifest.people) {
    if (!roles) continue;
    const before = known.get(email) ?? [];
    for (const one of roles) {
      if (before.some(sameAs(one))) continue;
      granted.push(step("create", { do: "role.grant", email, ...one }));
    }
    for (const one of before) {
      if (!roles.some(sameAs(one))) revoked.push(step("remove", { do: "role.revoke", email, ...one }));
    }
  }
  return [...granted, ...revoked];
}

function step(
  verb: "create" | "remove",
  act: Extract<PlanStep["act"], { do: "role.grant" | "role.revoke" }>,
): PlanStep {
  return { verb, subject: "role", name: `${act.role} of ${act.node} for ${act.email}`, changes: [], act };
}

const sameAs =
  (a: { role: string; node: string }) =>
  (b: { role: string; node: string }): boolean =>
    a.role === b.role && a.node === b.node;
