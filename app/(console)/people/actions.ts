"use server";
import { defineAction } from "@/lib/auth/define-action";
import { personIdSchema } from "@/lib/people/account-schemas";
import { issueInvite } from "@/lib/people/invite";
import { invitePerson, invitePersonSchema } from "@/lib/people/invite-person";
import { grantRole } from "@/lib/people/role-grant";
import { revokeRole } from "@/lib/people/role-revoke";
import { roleInput } from "@/lib/people/schemas";
import { disablePerson, enablePerson } from "@/lib/people/status";

const REVALIDATE = ["/people", "/people/[id]"];

export const invite = defineAction({
  permission: "people.write",
  node: (input) => Promise.resolve(input.nodeId),
  input: invitePersonSchema,
  run: invitePerson,
  revalidate: REVALIDATE,
});

export const grant = defineAction({
  permission: "people.write",
  node: (input) => Promise.resolve(input.nodeId),
  input: roleInput,
  run: grantRole,
  revalidate: REVALIDATE,
});

export const revoke = defineAction({
  permission: "people.write",
  node: (input) => Promise.resolve(input.nodeId),
  input: roleInput,
  run: revokeRole,
  revalidate: REVALIDATE,
});

// Whether the viewer may administer this very account hangs on where the person stands: the commands load that and decide.
export const makeLink = defineAction({
  permission: "people.write",
  input: personIdSchema,
  run: issueInvite,
  revalidate: REVALIDATE,
});
export const disable = defineAction({
  permission: "people.write",
  input: personIdSchema,
  run: disablePerson,
  revalidate: REVALIDATE,
});
export const enable = defineAction({
  permission: "people.write",
  input: personIdSchema,
  run: enablePerson,
  revalidate: REVALIDATE,
});
