import { change } from "@/lib/audit/change";
import type { Viewer } from "@/lib/auth/viewer";
import { blockedMessage } from "@/lib/auth/sign-in-error";
import { EMAIL_LIMITS } from "@/lib/auth/throttle";
import { parseInput } from "@/lib/kernel/parse";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { changePasswordSchema, profileSchema } from "@/lib/people/account-schemas";
import { hashPassword, verifyPassword } from "@/lib/people/password";
import { passwordFault } from "@/lib/people/password-rule";
import { admit, forgive } from "@/lib/people/throttle-store";

/**
 * Changes one's own password and ends every session of the person, this one too; answers the epoch of sessions from now on.
 * The current password is asked for, and guesses at it are throttled: a session left open must not be enough. Errors: `invalid_input` (field `current` or `next`), `too_many_requests`.
 */
export async function changePassword(
  viewer: Viewer,
  raw: { current: string; next: string },
): Promise<Result<{ sessionEpoch: number }>> {
  const parsed = parseInput(changePasswordSchema, raw);
  if (!parsed.ok) return parsed;
  const { current, next } = parsed.value;
  const fault = passwordFault(next, [viewer.person.name, viewer.person.email]);
  if (fault) return fail("invalid_input", fault, "next");
  const key = { key: `password:${viewer.person.id}`, limits: EMAIL_LIMITS };
  const admission = await admit(viewer.db, [key], viewer.clock.now());
  if (!admission.admitted)
    return fail("too_many_requests", blockedMessage(admission.until, viewer.clock.now()), "current");
  const stored = await viewer.db.person.findUnique({ where: { id: viewer.person.id }, select: { passwordHash: true } });
  if (!(await verifyPassword(stored?.passwordHash ?? null, current)))
    return fail("invalid_input", "This is not your current password.", "current");
  await forgive(viewer.db, key, [], viewer.clock.now());
  const passwordHash = await hashPassword(next);
  return await change(viewer, {}, async ({ tx, audit, notify }) => {
    const { sessionEpoch } = await tx.person.update({
      where: { id: viewer.person.id },
      data: { passwordHash, sessionEpoch: { increment: 1 } },
      select: { sessionEpoch: true },
    });
    audit({
      action: "person.set_password",
      subjectKind: "person",
      subjectId: viewer.person.id,
      nodeId: null,
      detail: { email: viewer.person.email, by: "self" },
    });
    notify("people");
    return ok({ sessionEpoch });
  });
}

/** Changes one's own name and time zone. */
export async function updateProfile(
  viewer: Viewer,
  raw: { name: string; timeZone: string | null },
): Promise<Result<null>> {
  const parsed = parseInput(profileSchema, raw);
  if (!parsed.ok) return parsed;
  return await change(viewer, {}, async ({ tx, audit, notify }) => {
    await tx.person.update({ where: { id: viewer.person.id }, data: parsed.value });
    audit({
      action: "person.update_profile",
      subjectKind: "person",
      subjectId: viewer.person.id,
      nodeId: null,
      detail: parsed.value,
    });
    notify("people");
    return ok(null);
  });
}
