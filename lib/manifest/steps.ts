import type { Boundary } from "@/lib/agents/schemas";
import type { Envelope, Rates } from "@/lib/budgets/schemas";
import type { Role } from "@/lib/auth/permissions";
import type { ActionFields } from "@/lib/catalogue/inputs";
import type { Rule } from "@/lib/policies/schemas";
import type { ShiftUnit } from "@/lib/rotations/on-call";
import type { SettingsInput } from "@/lib/tiers/settings";

/** What one step does, in a manifest's terms: people by e-mail, nodes by slug, because what is made on the way has no id yet. */
export type Act =
  | { do: "organisation.create"; name: string }
  | { do: "organisation.rename"; name: string }
  | { do: "settings.save"; settings: SettingsInput }
  | { do: "person.create"; email: string; name: string; timeZone: string | null }
  | { do: "person.update"; email: string; name: string; timeZone: string | null }
  | { do: "person.disable"; email: string }
  | { do: "role.grant" | "role.revoke"; email: string; role: Role; node: string }
  | { do: "team.create"; slug: string; parent: string; position: number; name: string; lead: string | null }
  | { do: "team.update"; slug: string; name: string; lead: string | null }
  | { do: "place.create"; slug: string; parent: string; position: number; name: string; email: string }
  | { do: "place.update"; slug: string; name: string }
  | {
      do: "agent.create";
      slug: string;
      parent: string;
      position: number;
      owner: string;
      boundary: Boundary;
      rate: Rates;
    }
  | { do: "agent.update"; slug: string; owner: string; boundary: Boundary; rate: Rates }
  | { do: "envelope.set"; slug: string; envelope: Envelope }
  | { do: "agent.suspend"; slug: string }
  | { do: "node.move"; slug: string; parent: string; position: number }
  | { do: "node.suspend"; slug: string }
  | { do: "grant.add"; agent: string; pattern: string; condition: string | null; expiresAt: string | null }
  | { do: "grant.revoke"; agent: string; pattern: string; grantId: string }
  | { do: "system.save"; id: string; name: string; description: string | null }
  | { do: "action.save"; id: string; systemId: string; fields: ActionFields }
  | {
      do: "rotation.save";
      slug: string;
      name: string;
      node: string;
      members: string[];
      shiftLength: number;
      shiftUnit: ShiftUnit;
      handover: string;
      zone: string;
      startsOn: string;
    }
  | { do: "policy.publish"; id: string; name: string; rules: Rule[] };

/** One line of a plan, and what it does. */
export interface PlanStep {
  verb: "create" | "update" | "move" | "remove" | "suspend";
  /** For people: `agent`, `role`, `grant` … */
  subject: string;
  name: string;
  /** What changes, as `field: before → after`. */
  changes: string[];
  act: Act;
}

/** A short form of a value for a plan's line. */
function show(value: unknown): string {
  if (value === null || value === undefined) return "none";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** Fields of `after` that differ from `before`, each as `field: before → after`. Lists of one order only differ when their members do. */
export function differences(before: { [key: string]: unknown }, after: { [key: string]: unknown }): string[] {
  return Object.keys(after).flatMap((key) =>
    same(before[key], after[key]) ? [] : [`${key}: ${show(before[key])} → ${show(after[key])}`],
  );
}

/** Equality of JSON values, whatever the order of keys; absent equals undefined. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  const keys = new Set([...left.keys(), ...right.keys()]);
  return [...keys].every((key) => same(left.get(key), right.get(key)));
}
