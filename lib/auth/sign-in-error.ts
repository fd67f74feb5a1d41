import { fail } from "@/lib/kernel/result";

type Refusal = ReturnType<typeof fail>;

const MINUTE_MS = 60_000;

/** The error word of sign-in (see lib/auth/options.ts) as a refusal for people; what it does not know is `internal`. */
export function signInRefusal(word: string | null | undefined, now: Date): Refusal {
  if (word === "wrong") return fail("invalid_input", "The e-mail or the password is wrong.", "password");
  if (word === "disabled") return fail("forbidden", "Your account is disabled. Ask an admin of your organisation.");
  if (word === "unavailable")
    return fail("unavailable", "Remit cannot reach its database at the moment. Try again shortly.");
  if (word?.startsWith("blocked:"))
    return fail("too_many_requests", blockedMessage(new Date(word.slice("blocked:".length)), now));
  return fail("internal", "Signing in failed on our side. Try again.");
}

/** When to try again, in words; rounded up, so that the attempt then is taken. */
export function blockedMessage(until: Date, now: Date): string {
  const minutes = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / MINUTE_MS));
  if (!Number.isFinite(minutes)) return "Too many attempts. Try again later.";
  return `Too many attempts. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`;
}

/** Where to go after signing in: a path of this site, whatever the address said. */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])/.test(next) || !URL.canParse(next, NOWHERE)) return "/";
  const url = new URL(next, NOWHERE);
  // `/.//host` begins with one slash and, once its dots are resolved, with two: to a browser that is another site.
  const stays = url.origin === NOWHERE && !/^\/(\/|(sign-in|welcome|api)(\/|$))/.test(url.pathname);
  return stays ? url.pathname + url.search : "/";
}

const NOWHERE = "http://remit.invalid";
