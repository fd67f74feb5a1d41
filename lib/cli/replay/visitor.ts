import { z } from "zod";

import { createCredential } from "@/lib/agents/credential-create";
import { revokeCredential } from "@/lib/agents/credential-revoke";
import { agentId } from "@/lib/cli/credential";
import { required, withDatabase } from "@/lib/cli/session";
import { CliError } from "@/lib/cli/terminal";
import type { Db } from "@/lib/db/client";
import { storedChecks } from "@/lib/decisions/stored-checks";

/** As whom a replay starts its runs, and what it knows of the organisation to name actions by. */
export interface Visitor {
  credential: string;
  /** Ids of actions in use. */
  catalogue: string[];
  /** Patterns that the agent is granted. */
  grants: string[];
  /** Of the catalogue: those that change something. */
  writes: ReadonlySet<string>;
  /** Which rules held for these decisions, as `policy/rule`; null without the organisation's database. */
  rulesOf: ((decisionIds: readonly string[]) => Promise<Map<string, string[]>>) | null;
}

/** A replay that was killed leaves its credential behind: not for longer than this. */
const CREDENTIAL_MS = 24 * 3_600_000;

/** Runs with a credential that is made for the occasion and revoked afterwards, or with the one that was given. */
export async function withVisitor(
  options: { agent?: string; token?: string; system?: string },
  run: (visitor: Visitor) => Promise<void>,
): Promise<void> {
  const { agent, token, system } = options;
  if (token !== undefined) {
    if (agent !== undefined) throw new CliError("Say either --agent or --token.", 2);
    if (system === undefined) throw new CliError("With --token, say which --system the tools belong to.", 2);
    return run({ credential: token, catalogue: [], grants: [], writes: new Set(), rulesOf: null });
  }
  if (agent === undefined) throw new CliError("Say as which --agent the transcripts are replayed.", 2);
  return withDatabase(async (context) => {
    const id = await agentId(context, agent);
    const { db } = context;
    const expiresAt = new Date(context.clock.now().getTime() + CREDENTIAL_MS);
    const actions = await db.action.findMany({ where: { retiredAt: null }, select: { id: true, kind: true } });
    const grants = await db.grant.findMany({ where: { agentId: id, revokedAt: null }, select: { pattern: true } });
    const made = required(await createCredential(context, { agentId: id, name: "replay", expiresAt }));
    try {
      await run({
        credential: made.secret,
        catalogue: actions.map((action) => action.id),
        grants: grants.map((grant) => grant.pattern),
        writes: new Set(actions.filter((action) => action.kind === "execute").map((action) => action.id)),
        rulesOf: (decisionIds) => rulesOf(db, decisionIds),
      });
    } finally {
      required(await revokeCredential(context, { id: made.id }));
    }
  });
}

const json = z.json();
const AT_ONCE = 500;

async function rulesOf(db: Db, decisionIds: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (let from = 0; from < decisionIds.length; from += AT_ONCE) {
    const ids = decisionIds.slice(from, from + AT_ONCE);
    const rows = await db.decision.findMany({ where: { id: { in: ids } }, select: { id: true, checks: true } });
    for (const { id, checks } of rows) {
      const rules = storedChecks(json.parse(checks)).flatMap((check) => check.rules);
      const held = rules.filter((rule) => rule.matched && (rule.effect === "deny" || rule.effect === "escalate"));
      found.set(
        id,
        held.map(({ policy, rule }) => `${policy}/${rule}`),
      );
    }
  }
  return found;
}
