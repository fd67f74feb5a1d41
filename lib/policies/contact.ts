import { z } from "zod";

import { ROLES, roleAllows, type Role } from "@/lib/auth/permissions";

/** Whom a rule asks, as it is written: somebody by e-mail, who holds a role at a node, or who is on call. */
type ContactText =
  | { kind: "person"; email: string }
  | { kind: "role"; role: Role; node: string }
  | { kind: "rotation"; slug: string };

const SLUG = "[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?";
const ROLE = new RegExp(`^role:([a-z]+)@(${SLUG})$`);
const ROTATION = new RegExp(`^rotation:(${SLUG})$`);
const email = z.email();

/** Roles that decide approvals: only these can be asked. */
const ASKED_ROLES = ROLES.filter((role) => roleAllows(role, "approval.decide"));
const isAsked = (name: string | undefined): name is Role => ASKED_ROLES.some((role) => role === name);

/** `ana@example.com`, `role:reviewer@support` or `rotation:desk`; null for anything else. */
export function readContact(text: string): ContactText | null {
  const [, role, node] = ROLE.exec(text) ?? [];
  if (node !== undefined) return isAsked(role) ? { kind: "role", role, node } : null;
  const [, slug] = ROTATION.exec(text) ?? [];
  if (slug !== undefined) return { kind: "rotation", slug };
  return email.safeParse(text).success ? { kind: "person", email: text.toLowerCase() } : null;
}

export const contactSchema = z
  .string()
  .max(320)
  .refine(
    (text) => readContact(text) !== null,
    `must be an e-mail address, role:<${ASKED_ROLES.join("|")}>@<node> or rotation:<id>`,
  );

/** All that a rule names, whenever they are asked, as written. */
export const contactsIn = (rule: { to?: string[] | undefined; then?: { to: string[] }[] | undefined }): string[] => [
  ...(rule.to ?? []),
  ...(rule.then ?? []).flatMap((step) => step.to),
];
