import { cookies } from "next/headers";
import { encode } from "next-auth/jwt";

import type { SessionClaims } from "@/lib/auth/load-viewer";
import { sessionSecret } from "@/lib/auth/session-secret";
import { env } from "@/lib/server/env";

/** How long a session lives at most; it ends earlier when the person is disabled or the password changes. */
export const SESSION_SECONDS = 7 * 24 * 3600;

/** The session's cookie, as next-auth would name it. Only over https where the public address is that. */
export function sessionCookie() {
  const secure = env().REMIT_URL.startsWith("https:");
  return {
    name: `${secure ? "__Secure-" : ""}next-auth.session-token`,
    options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure },
  };
}

/** Gives this browser a session under new claims, in a server action: who changes their own password stays signed in here. */
export async function renewSession(claims: SessionClaims): Promise<void> {
  const { name, options } = sessionCookie();
  const token = await encode({ token: { ...claims }, secret: sessionSecret(), maxAge: SESSION_SECONDS });
  (await cookies()).set(name, token, { ...options, maxAge: SESSION_SECONDS });
}
