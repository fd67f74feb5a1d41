import { z } from "zod";

import { rates } from "@/lib/budgets/schemas";

/** As the store checks it: lower case letters, digits, `-` and `_` inside, at most 64. */
export const slug = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9_-]{0,62}[a-z0-9])?$/,
    "must be a slug: lower case letters and digits, with - or _ inside, at most 64",
  );

export const label = z.string().trim().min(1, "must not be empty").max(120, "must have at most 120 characters");
export const reason = z.string().trim().min(1, "needs a reason").max(500, "must have at most 500 characters");
export const id = z.uuid("must be an id");

export const TIERS = ["observe", "recommend", "prepare", "execute", "escalate"] as const;
export const tier = z.enum(TIERS);

/** What a grant covers: `*`, `crm.*`, `crm.read_*` or one action's id. */
export const grantPattern = z
  .string()
  .max(160, "must have at most 160 characters")
  .regex(
    /^(\*|[a-z0-9][a-z0-9_-]*\.(\*|[A-Za-z0-9][A-Za-z0-9_.-]*\*?))$/,
    "must be *, system.*, system.prefix* or an action's id",
  );

const words = z.array(z.string().trim().min(1).max(80)).max(64);

/** What of an agent is its definition, beside name and tier. A change of any of it makes a new agent version. */
const boundaryFields = z.strictObject({
  purpose: z.string().trim().max(2_000, "must have at most 2,000 characters").nullable(),
  /** SHA-256 of the instructions in hex: the text itself stays with the agent. */
  instructionsHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hex")
    .nullable(),
  model: z.string().trim().max(120).nullable(),
  framework: z.string().trim().max(120).nullable(),
  systemsRead: words,
  systemsWritten: words,
  neverData: words,
  /** Agents, by slug, that its runs may hand work to beside those below it and in its team. */
  delegates: z.array(slug).max(64),
});
export type BoundaryFields = z.infer<typeof boundaryFields>;

/** As stored with a version. */
export const boundary = boundaryFields.extend({ name: label, tier });
export type Boundary = z.infer<typeof boundary>;

const position = z.int().min(0).max(1_000_000).optional();

export const createTeamInput = z.strictObject({
  parentId: id,
  slug,
  name: label,
  leadId: id.nullable().default(null),
  position,
});
export const updateTeamInput = z.strictObject({ id, name: label.optional(), leadId: id.nullable().optional() });

export const createPersonNodeInput = z.strictObject({ parentId: id, slug, name: label, personId: id, position });
export const renameNodeInput = z.strictObject({ id, name: label });

/** Without a position it stands last among its new siblings. */
export const moveNodeInput = z.strictObject({ id, parentId: id, position });
export const removeNodeInput = z.strictObject({ id, reason: reason.optional() });
export const suspendSubtreeInput = z.strictObject({ id, reason });

export const createAgentInput = z.strictObject({
  parentId: id,
  slug,
  name: label,
  ownerId: id,
  tier: tier.default("observe"),
  boundary: boundaryFields.partial().prefault({}),
  rate: rates.prefault({}),
  position,
});

/** What is absent stays as it is. */
export const updateAgentInput = z.strictObject({
  id,
  name: label.optional(),
  ownerId: id.optional(),
  tier: tier.optional(),
  boundary: boundaryFields.partial().optional(),
  /** How often it may ask. */
  rate: rates.optional(),
});

export const agentReasonInput = z.strictObject({ id, reason });

export const addGrantInput = z.strictObject({
  agentId: id,
  pattern: grantPattern,
  /** CEL: the grant holds only where it is true. */
  condition: z.string().trim().min(1).max(4_000).nullable().default(null),
  expiresAt: z.date().nullable().default(null),
});
export const revokeGrantInput = z.strictObject({ id });
export const grantIdsInput = z.strictObject({ ids: z.array(id).min(1, "choose at least one").max(1_000) });

export const createCredentialInput = z.strictObject({
  agentId: id,
  name: label,
  expiresAt: z.date().nullable().default(null),
});
/** A person says why; a manifest or the operator need not. */
export const revokeCredentialInput = z.strictObject({ id, reason: reason.optional() });
