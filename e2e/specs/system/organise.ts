import { AGENTS, MANIFEST, PASSWORD, PEOPLE } from "@/e2e/specs/system/organisation";
import { createCredential } from "@/lib/agents/credential-create";
import type { CommandContext } from "@/lib/audit/change";
import type { Db } from "@/lib/db/client";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { applyManifest } from "@/lib/manifest/apply";
import { problemText } from "@/lib/manifest/parse";
import { hashPassword } from "@/lib/people/password";

/** The operator at the machine, as the command line acts. */
export const operator = (db: Db): CommandContext => ({
  db,
  clock: systemClock,
  newId,
  actor: { kind: "cli", id: "e2e" },
});

/** Makes the organisation by its manifest and gives its agents credentials. Returns the secrets by slug. */
export async function organise(db: Db): Promise<Record<string, string>> {
  const hash = await hashPassword(PASSWORD);
  const passwordHashes = new Map(Object.values(PEOPLE).map((email) => [email, hash] as const));
  const applied = await applyManifest(operator(db), MANIFEST, { passwordHashes });
  if (!applied.ok) throw new Error(applied.error.message);
  if (applied.value.outcome === "refused") throw new Error(applied.value.problems.map(problemText).join("\n"));
  const credentials: Record<string, string> = {};
  for (const slug of AGENTS) {
    const { id: agentId } = await db.node.findUniqueOrThrow({ where: { slug }, select: { id: true } });
    const made = await createCredential(operator(db), { agentId, name: "journey" });
    if (!made.ok) throw new Error(made.error.message);
    credentials[slug] = made.value.secret;
  }
  return credentials;
}
