import { change, type CommandContext } from "@/lib/audit/change";
import type { SessionClaims } from "@/lib/auth/load-viewer";
import { ADDRESS_LIMITS, EMAIL_LIMITS } from "@/lib/auth/throttle";
import type { Actor } from "@/lib/audit/chain";
import type { JsonObject } from "@/lib/kernel/json";
import { ok } from "@/lib/kernel/result";
import { signInSchema } from "@/lib/people/account-schemas";
import { verifyPassword } from "@/lib/people/password";
import { admit, forgive } from "@/lib/people/throttle-store";

type SignInAnswer =
  | { kind: "signed_in"; claims: SessionClaims }
  /** Unknown e-mail, wrong password, no password yet: one answer, so that it does not say who exists. */
  | { kind: "wrong" }
  /** The password was right. */
  | { kind: "disabled" }
  | { kind: "blocked"; until: Date };

type Services = Pick<CommandContext, "db" | "clock" | "newId">;

const SIGN_IN: Actor = { kind: "system", id: "sign-in" };

/**
 * Checks an e-mail and a password. Every attempt that is looked at is audited, and so is the start of a block; attempts during a block are
 * answered before any work and leave no record, or a flood of them would be a flood of the chain.
 * `address` is where the request came from as the connection or the trusted proxies say it, null when unknown.
 */
export async function signIn(
  services: Services,
  raw: { email: string; password: string; address: string | null },
): Promise<SignInAnswer> {
  const parsed = signInSchema.safeParse(raw);
  if (!parsed.success) return { kind: "wrong" };
  const { email, password } = parsed.data;
  const own = { key: `email:${email}`, limits: EMAIL_LIMITS };
  const shared = raw.address === null ? [] : [{ key: `address:${raw.address.slice(0, 64)}`, limits: ADDRESS_LIMITS }];
  const admission = await admit(services.db, [own, ...shared], services.clock.now());
  if (!admission.admitted) return { kind: "blocked", until: admission.until };

  const person = await services.db.person.findUnique({
    where: { email },
    select: { id: true, passwordHash: true, status: true, sessionEpoch: true },
  });
  const fits = await verifyPassword(person?.passwordHash ?? null, password);
  const at: JsonObject = { email, address: raw.address };
  if (!person || !fits) {
    await record(services, SIGN_IN, "sign_in.failure", person?.id ?? null, {
      ...at,
      blockedUntil: admission.blocks?.toISOString() ?? null,
    });
    return admission.blocks ? { kind: "blocked", until: admission.blocks } : { kind: "wrong" };
  }
  await forgive(services.db, own, shared, services.clock.now());
  if (person.status !== "active") {
    await record(services, SIGN_IN, "sign_in.refused", person.id, { ...at, reason: "disabled" });
    return { kind: "disabled" };
  }
  await record(services, { kind: "person", id: person.id }, "sign_in.success", person.id, at);
  return { kind: "signed_in", claims: { personId: person.id, sessionEpoch: person.sessionEpoch } };
}

async function record(
  services: Services,
  actor: Actor,
  action: string,
  personId: string | null,
  detail: JsonObject,
): Promise<void> {
  await change({ ...services, actor }, {}, async ({ tx, audit, now }) => {
    if (action === "sign_in.success" && personId)
      await tx.person.update({ where: { id: personId }, data: { lastSignInAt: now } });
    audit({ action, subjectKind: "person", subjectId: personId ?? "unknown", nodeId: null, detail });
    return ok(null);
  });
}
