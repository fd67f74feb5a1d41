import { z } from "zod";

import { grantPattern, label, slug, tier } from "@/lib/agents/schemas";
import { envelope, rates } from "@/lib/budgets/schemas";
import { ROLES } from "@/lib/auth/permissions";
import { actionFields } from "@/lib/catalogue/inputs";
import { actionIdSchema, mappingSchema } from "@/lib/catalogue/schemas";
import { timeZoneSchema } from "@/lib/kernel/zone";
import { inWords } from "@/lib/manifest/words";
import { ruleSchema } from "@/lib/policies/schemas";
import type { ShiftUnit } from "@/lib/rotations/on-call";
import { clockSchema, daySchema, MEMBERS_MAX } from "@/lib/rotations/schemas";
import { settingsSchema } from "@/lib/tiers/settings";

/** A schema chosen by looking at the value, so that its faults are those of the form that was meant. */
function pick<T>(choose: (value: unknown) => z.ZodType<T>): z.ZodType<T> {
  return z.unknown().transform((value, context): T => {
    const parsed = choose(value).safeParse(value, { error: inWords });
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues.flatMap(eachKey))
      context.addIssue({ code: "custom", input: value, ...issue });
    return z.NEVER;
  });
}

/** An issue's path and words; of unknown keys one for each. */
export function eachKey(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string }[] {
  if (issue.code !== "unrecognized_keys") return [{ path: issue.path, message: issue.message }];
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: "is not known here" }));
}

const has = (value: unknown, key: string): boolean => typeof value === "object" && value !== null && key in value;

const email = z.string().trim().toLowerCase().max(254).pipe(z.email("must be an e-mail address"));
const purpose = z.string().trim().max(2_000);
const words = z.array(z.string().trim().min(1).max(80)).max(64);
const zone = z
  .string()
  .max(64)
  .refine((name) => Intl.supportedValuesOf("timeZone").includes(name) || name === "UTC", "must be an IANA time zone");

const person = z.strictObject({
  email,
  name: label,
  timeZone: zone.nullable().default(null),
  /** `true` disables the person. A manifest never enables anybody again. */
  disabled: z.boolean().default(false),
  /** All roles of the person; absent, they are left alone. `node` is a node of the chart or `organisation`. */
  roles: z.array(z.strictObject({ role: z.enum(ROLES), node: slug })).optional(),
});

const isoDate = z
  .string()
  .transform((text, context) => {
    const date = new Date(text);
    if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(date.getTime())) return date.toISOString();
    context.addIssue({ code: "custom", message: "must be a date or time such as 2027-01-31 or 2027-01-31T12:00:00Z" });
    return z.NEVER;
  })
  .nullable();

export interface ManifestGrant {
  pattern: string;
  /** CEL */
  when: string | null;
  /** ISO 8601, UTC */
  expires: string | null;
}
const grantText = grantPattern.transform((pattern): ManifestGrant => ({ pattern, when: null, expires: null }));
const grantMap = z.strictObject({
  pattern: grantPattern,
  when: z.string().trim().min(1).max(4_000).nullable().default(null),
  expires: isoDate.default(null),
});
const grant = pick<ManifestGrant>((value) => (typeof value === "object" && value !== null ? grantMap : grantText));

const teamFields = z.strictObject({
  team: slug,
  name: label.optional(),
  lead: email.nullable().default(null),
  envelope: envelope.prefault({}),
  /** `true` suspends the subtree. A manifest never resumes anything. */
  suspended: z.boolean().default(false),
});
const placeFields = z.strictObject({
  person: email,
  slug: slug.optional(),
  name: label.optional(),
  envelope: envelope.prefault({}),
  suspended: z.boolean().default(false),
});
const agentFields = z.strictObject({
  agent: slug,
  name: label.optional(),
  owner: email,
  tier: tier.default("observe"),
  purpose: purpose.nullable().default(null),
  model: z.string().trim().max(120).nullable().default(null),
  framework: z.string().trim().max(120).nullable().default(null),
  /** The text, of which the hash is kept, or that hash as `sha256:…`. */
  instructions: z.string().max(1_000_000).nullable().default(null),
  systemsRead: words.default([]),
  systemsWritten: words.default([]),
  neverData: words.default([]),
  /** Agents that it may delegate to beside those below it and in its team. */
  delegates: z.array(slug).max(64).default([]),
  /** All grants of the agent; absent, they are left alone. */
  grants: z.array(grant).max(500).optional(),
  envelope: envelope.prefault({}),
  rate: rates.prefault({}),
  /** `true` suspends the agent, `subtree` all below it too. A manifest never resumes anything. */
  suspended: z.union([z.boolean(), z.literal("subtree")], "must be true, false or subtree").default(false),
});

interface Above {
  children: ManifestNode[];
}
export type ManifestTeam = z.output<typeof teamFields> & Above;
export type ManifestPlace = z.output<typeof placeFields> & Above;
export type ManifestAgent = z.output<typeof agentFields> & Above;
export type ManifestNode = ManifestTeam | ManifestPlace | ManifestAgent;

const children: z.ZodType<ManifestNode[]> = z.lazy(() => z.array(chartNode)).default([]);
const teamNode = teamFields.extend({ children });
const personNode = placeFields.extend({ children });
const agentNode = agentFields.extend({ children });

const KINDS = ["team", "person", "agent"];
const noNode = z.unknown().transform((value, context): ManifestNode => {
  const keys = KINDS.filter((key) => has(value, key));
  const message = keys.length > 1 ? `is ${keys.join(" and ")} at once` : "must be a team, a person or an agent";
  context.addIssue({ code: "custom", message });
  return z.NEVER;
});

const chartNode: z.ZodType<ManifestNode> = pick<ManifestNode>((value) => {
  if (KINDS.filter((key) => has(value, key)).length !== 1) return noNode;
  return has(value, "team") ? teamNode : has(value, "person") ? personNode : agentNode;
});

interface ManifestRollback {
  action: string;
  args: z.output<typeof mappingSchema> | null;
}
const rollbackId = actionIdSchema.transform((action): ManifestRollback => ({ action, args: null }));
const rollbackMap = z.strictObject({ action: actionIdSchema, args: mappingSchema.nullable().default(null) });

/** The action that undoes it, or that with how its arguments follow: `{action: shop.cancel, args: {order: $.args.order}}`. */
const rollback = pick<ManifestRollback>((value) =>
  typeof value === "object" && value !== null ? rollbackMap : rollbackId,
);

const action = actionFields
  .omit({ rollback: true, rollbackArgs: true })
  .extend({ id: actionIdSchema, rollback: rollback.nullable().default(null) })
  .transform(({ rollback: undo, ...rest }) => ({
    ...rest,
    rollback: undo?.action ?? null,
    rollbackArgs: undo?.args ?? null,
  }));

const system = z.strictObject({
  id: slug,
  name: label.optional(),
  description: z.string().trim().min(1).max(2_000).nullable().default(null),
  /** Actions that are not listed are left alone. */
  actions: z.array(action).default([]),
});

const shift = z.string().transform((text, context) => {
  const [, count, unit] = /^(\d{1,4})([hdw])$/.exec(text) ?? [];
  const length = Number(count);
  if (unit !== undefined && length >= 1 && length <= 1_000) return { length, unit: SHIFT_OF[unit] ?? "hours" };
  context.addIssue({ code: "custom", message: "must be how long a turn is: 12h, 1d or 2w" });
  return z.NEVER;
});
const SHIFT_OF: Readonly<Record<string, ShiftUnit>> = { h: "hours", d: "days", w: "weeks" };

/** Whoever is on call can be asked by rules: `rotation:<id>`. Stand-ins are not part of a manifest. */
const rotation = z.strictObject({
  id: slug,
  name: label.optional(),
  /** Whoever may change the chart there keeps it: a node of the chart or `organisation`. */
  node: slug.default("organisation"),
  /** In the order of their turns. */
  members: z
    .array(email)
    .min(1)
    .max(MEMBERS_MAX)
    .refine((list) => new Set(list).size === list.length, "names somebody twice"),
  shift,
  handover: clockSchema.default("09:00"),
  zone: timeZoneSchema.default("UTC"),
  /** The day on which the first member's first turn begins. */
  start: daySchema,
});

const policy = z.strictObject({ id: slug, name: label.optional(), rules: z.array(ruleSchema).max(500) });

/** Section 10 of the design: the organisation as one file. Unknown keys are refused, everywhere. */
export const manifestSchema = z.strictObject({
  apiVersion: z.literal("remit/v1"),
  organisation: label.optional(),
  /** Of the root: what everything may use; absent, it is left alone. */
  envelope: envelope.optional(),
  /** What differs from the built-in matrices and limits, all of it; absent, it is left alone. */
  settings: settingsSchema.optional(),
  people: z.array(person).default([]),
  /** What stands directly below the root of the chart. */
  chart: z.array(chartNode).default([]),
  systems: z.array(system).default([]),
  rotations: z.array(rotation).default([]),
  policies: z.array(policy).default([]),
});
export type Manifest = z.output<typeof manifestSchema>;
