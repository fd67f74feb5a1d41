import { randomBytes } from "node:crypto";

import { change, type CommandContext } from "@/lib/audit/change";
import { command } from "@/lib/audit/command";
import type { Db } from "@/lib/db/client";
import { sha256 } from "@/lib/kernel/json";
import { parseInput } from "@/lib/kernel/parse";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { personIdSchema, redeemInviteSchema } from "@/lib/people/account-schemas";
import { administered } from "@/lib/people/authority";
import { hashPassword } from "@/lib/people/password";
import { passwordFault } from "@/lib/people/password-rule";

/** How long a link holds: long enough for a weekend, short enough to be forgotten in a mailbox. */
export const INVITE_MS = 72 * 3600_000;

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

interface IssuedInvite {
  /** Shown once; only its hash is stored. The link is `/invite/<token>`. */
  token: string;
  expiresAt: Date;
}

/**
 * Makes the link by which a person sets a first or a new password; earlier links of theirs die.
 * Errors: `not_found`, `forbidden`, `conflict` (disabled).
 */
export const issueInvite = command(personIdSchema, {}, async (step, input) => {
  const found = await administered(step.tx, step, input.personId);
  if (!found.ok) return found;
  const { id: personId, name, email, status } = found.value;
  if (status !== "active") return fail("conflict", `${name} is disabled. Enable the account first.`);
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(step.now.getTime() + INVITE_MS);
  await step.tx.invite.deleteMany({ where: { personId, usedAt: null } });
  await step.tx.invite.create({
    data: { id: step.newId(), personId, tokenHash: hashOfToken(token), expiresAt, createdAt: step.now },
  });
  step.audit({
    action: "person.invite",
    subjectKind: "person",
    subjectId: personId,
    nodeId: null,
    detail: { email, expiresAt: expiresAt.toISOString() },
  });
  step.notify("people");
  const issued: IssuedInvite = { token, expiresAt };
  return ok(issued);
});

/** Whom a live link is for, or null: unknown, used, over, or its person disabled. */
export async function readInvite(
  services: Pick<CommandContext, "db" | "clock">,
  token: string,
): Promise<{ id: string; person: { id: string; email: string; name: string; hasPassword: boolean } } | null> {
  if (!TOKEN.test(token)) return null;
  return await liveInvite(services.db, token, services.clock.now());
}

/** Sets the password by a link, once: of two that come with it at one time one wins. Ends every session of the person. Errors: `invalid_input`, `not_found`. */
export async function redeemInvite(
  services: Pick<CommandContext, "db" | "clock" | "newId">,
  raw: { token: string; password: string },
): Promise<Result<{ email: string }>> {
  const parsed = parseInput(redeemInviteSchema, raw);
  if (!parsed.ok) return parsed;
  const invite = await readInvite(services, parsed.value.token);
  if (!invite) return gone();
  const { person } = invite;
  const fault = passwordFault(parsed.value.password, [person.name, person.email]);
  if (fault) return fail("invalid_input", fault, "password");
  const passwordHash = await hashPassword(parsed.value.password);
  return await change(
    { ...services, actor: { kind: "person", id: person.id } },
    {},
    async ({ tx, now, audit, notify }) => {
      const { count } = await tx.invite.updateMany({
        where: { id: invite.id, usedAt: null, expiresAt: { gt: now }, person: { status: "active" } },
        data: { usedAt: now },
      });
      if (count !== 1) return gone();
      await tx.person.update({ where: { id: person.id }, data: { passwordHash, sessionEpoch: { increment: 1 } } });
      audit({
        action: "person.set_password",
        subjectKind: "person",
        subjectId: person.id,
        nodeId: null,
        detail: { email: person.email, by: "invite" },
      });
      notify("people");
      return ok({ email: person.email });
    },
  );
}

const gone = () => fail("not_found", "This link has been used or is over. Ask an admin for a new one.");

const hashOfToken = (token: string): Uint8Array<ArrayBuffer> => new Uint8Array(sha256(token));

async function liveInvite(db: Db, token: string, now: Date) {
  const invite = await db.invite.findUnique({
    where: { tokenHash: hashOfToken(token) },
    select: {
      id: true,
      usedAt: true,
      expiresAt: true,
      person: { select: { id: true, email: true, name: true, status: true, passwordHash: true } },
    },
  });
  if (!invite || invite.usedAt || invite.expiresAt <= now || invite.person.status !== "active") return null;
  const { id, email, name, passwordHash } = invite.person;
  return { id: invite.id, person: { id, email, name, hasPassword: passwordHash !== null } };
}
