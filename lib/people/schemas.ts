import { z } from "zod";

import { ROLES } from "@/lib/auth/permissions";
import { emailSchema, nameSchema, timeZoneSchema } from "@/lib/people/account-schemas";

export const createPersonInput = z.strictObject({
  email: emailSchema,
  name: nameSchema,
  timeZone: timeZoneSchema.default(null),
  /** argon2id, PHC string, made by lib/people/password.ts before the transaction. Without one the person signs in after an invitation. */
  passwordHash: z.string().startsWith("$argon2id$", "must be an argon2id hash").nullable().default(null),
  /** Roles given at once; each needs the right on its node. */
  roles: z
    .array(z.strictObject({ role: z.enum(ROLES), nodeId: z.uuid("must be an id") }))
    .max(50)
    .default([]),
});

export const updatePersonInput = z.strictObject({
  personId: z.uuid("must be an id"),
  name: nameSchema.optional(),
  timeZone: timeZoneSchema.optional(),
});

export const roleInput = z.strictObject({
  personId: z.uuid("must be an id"),
  role: z.enum(ROLES),
  nodeId: z.uuid("must be an id"),
});
