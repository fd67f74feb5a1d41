import { z } from "zod";

import { command } from "@/lib/audit/command";
import { ROLES } from "@/lib/auth/permissions";
import { ok } from "@/lib/kernel/result";
import { emailSchema, nameSchema } from "@/lib/people/account-schemas";
import { createPerson } from "@/lib/people/create";
import { issueInvite } from "@/lib/people/invite";

export const invitePersonSchema = z.strictObject({
  name: nameSchema,
  email: emailSchema,
  role: z.enum(ROLES),
  nodeId: z.uuid("Choose a part of the chart."),
});

/** Makes a person with a role and the link by which they set their password; all of it or nothing. Errors: `conflict` (known e-mail), `forbidden`, `not_found`. */
export const invitePerson = command(invitePersonSchema, { rebindsDecisions: true }, async (step, input) => {
  const { name, email, role, nodeId } = input;
  const made = await createPerson.within(step, { name, email, roles: [{ role, nodeId }] });
  if (!made.ok) return made;
  const invite = await issueInvite.within(step, { personId: made.value.id });
  return invite.ok ? ok({ personId: made.value.id, ...invite.value }) : invite;
});
