import { env } from "@/lib/server/env";
import { keptSecret } from "@/lib/server/kept-secret";

/**
 * The key that seals session cookies: NEXTAUTH_SECRET, else one generated once and kept in REMIT_HOME, readable by its owner only.
 * Several web machines behind one balancer need the variable, as they share no home.
 */
export function sessionSecret(): string {
  const { NEXTAUTH_SECRET, REMIT_HOME } = env();
  return NEXTAUTH_SECRET ?? keptSecret(REMIT_HOME, "session");
}
