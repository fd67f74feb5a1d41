import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";

import type { SessionClaims } from "@/lib/auth/load-viewer";
import { services, webLog } from "@/lib/auth/services";
import { SESSION_SECONDS, sessionCookie } from "@/lib/auth/session-cookie";
import { sessionSecret } from "@/lib/auth/session-secret";
import { warmUpPasswords } from "@/lib/people/password";
import { signIn } from "@/lib/people/sign-in";

declare module "next-auth" {
  interface Session {
    claims?: SessionClaims;
  }
  interface User {
    sessionEpoch: number;
  }
}

const claimsSchema = z.object({ personId: z.uuid(), sessionEpoch: z.int() });

/** Errors of sign-in as next-auth carries them to the browser: words, never the text of an exception. See lib/auth/sign-in-error.ts. */
async function authorise(
  credentials: Record<string, string> | undefined,
  headers: Record<string, unknown> | undefined,
) {
  const answer = await attempt(credentials, headers);
  switch (answer.kind) {
    case "signed_in":
      return { id: answer.claims.personId, sessionEpoch: answer.claims.sessionEpoch };
    case "blocked":
      throw new Error(`blocked:${answer.until.toISOString()}`);
    default:
      throw new Error(answer.kind);
  }
}

async function attempt(credentials: Record<string, string> | undefined, headers: Record<string, unknown> | undefined) {
  try {
    const { email = "", password = "" } = credentials ?? {};
    return await signIn(services(), { email, password, address: clientOf(headers?.["x-forwarded-for"]) });
  } catch (cause) {
    webLog().error({ err: cause }, "sign-in failed");
    return { kind: "unavailable" as const };
  }
}

/** The server in front leaves the client's address alone there: see lib/server/client-address.ts. */
const clientOf = (forwarded: unknown): string | null => (typeof forwarded === "string" ? forwarded : null);

let options: AuthOptions | undefined;

/** next-auth with e-mail and password and a signed, encrypted cookie that carries claims only. Cookies are `Secure` when the public address is https. */
export function authOptions(): AuthOptions {
  if (options) return options;
  void warmUpPasswords().catch((cause: unknown) => webLog().error({ err: cause }, "passwords cannot be hashed"));
  options = {
    secret: sessionSecret(),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    useSecureCookies: sessionCookie().options.secure,
    cookies: { sessionToken: sessionCookie() },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (credentials, request) => authorise(credentials, request.headers),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { personId: user.id, sessionEpoch: user.sessionEpoch } : token),
      session: ({ session, token }) => {
        const claims = claimsSchema.safeParse(token);
        return { expires: session.expires, claims: claims.success ? claims.data : undefined };
      },
    },
    logger: {
      error: (code, metadata) => webLog().warn({ code, metadata }, "next-auth"),
      warn: (code) => webLog().debug({ code }, "next-auth"),
      debug: () => undefined,
    },
  };
  return options;
}
