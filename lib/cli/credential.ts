import type { Command } from "commander";

import { createCredential } from "@/lib/agents/credential-create";
import { revokeCredential } from "@/lib/agents/credential-revoke";
import type { CommandContext } from "@/lib/audit/change";
import { required, withDatabase } from "@/lib/cli/session";
import { CliError, note, print, table } from "@/lib/cli/terminal";
import { durationMs } from "@/lib/kernel/duration";
import { isId } from "@/lib/kernel/ids";

export function credentialCommand(program: Command): void {
  const credential = program.command("credential").description("what agents authenticate with");
  credential
    .command("create")
    .description("make a credential and print its secret, once")
    .argument("<agent>", "slug of the agent")
    .option("--name <name>", "what it is for", "cli")
    .option("--expires <when>", "a duration such as 90d, or a date")
    .action(async (agent: string, { name, expires }: { name: string; expires?: string }) => {
      const { secret } = await withDatabase(async (context) => {
        const expiresAt = expires === undefined ? null : instant(expires, context.clock.now());
        return required(await createCredential(context, { agentId: await agentId(context, agent), name, expiresAt }));
      });
      note("This is shown once. Only its hash is stored.");
      print(secret);
    });
  credential
    .command("list")
    .description("list an agent's credentials")
    .argument("<agent>", "slug of the agent")
    .action(async (agent: string) => {
      const rows = await withDatabase(async (context) => listCredentials(context, await agentId(context, agent)));
      print(rows.length > 0 ? table([["ID", "SECRET", "NAME", "STATE"], ...rows]) : "There are none.");
    });
  credential
    .command("revoke")
    .description("revoke a credential; runs that it started are denied from now on")
    .argument("<credential>", "its id, or the first 12 characters of its secret")
    .action(async (which: string) => {
      await withDatabase(async (context) => {
        required(await revokeCredential(context, { id: await credentialId(context, which) }));
      });
      print(`${which.slice(0, 36)} is revoked.`);
    });
}

/** The id behind an agent's slug. */
export async function agentId({ db }: CommandContext, slug: string): Promise<string> {
  const node = await db.node.findUnique({ where: { slug }, select: { id: true, kind: true } });
  if (node?.kind !== "agent") throw new CliError(`There is no agent ${slug}.`);
  return node.id;
}

async function listCredentials({ db, clock }: CommandContext, agent: string): Promise<string[][]> {
  const now = clock.now();
  const rows = await db.credential.findMany({
    where: { agentId: agent },
    orderBy: { createdAt: "desc" },
    take: 100,
    select: { id: true, prefix: true, name: true, expiresAt: true, revokedAt: true },
  });
  return rows.map(({ id, prefix, name, expiresAt, revokedAt }) => {
    const over = expiresAt !== null && expiresAt <= now;
    const until = expiresAt === null ? "active" : `active until ${expiresAt.toISOString()}`;
    return [id, `${prefix}…`, name, revokedAt ? `revoked ${revokedAt.toISOString()}` : over ? "expired" : until];
  });
}

async function credentialId({ db }: CommandContext, which: string): Promise<string> {
  if (isId(which)) return which;
  const prefix = which.slice(0, 12);
  const found = await db.credential.findMany({ where: { prefix }, take: 2, select: { id: true } });
  const [only] = found;
  if (!only || found.length > 1)
    throw new CliError(`${found.length > 1 ? "Several credentials begin" : "No credential begins"} with ${prefix}.`);
  return only.id;
}

function instant(text: string, now: Date): Date {
  const ms = durationMs(text);
  const date = ms === null ? new Date(text) : new Date(now.getTime() + ms);
  if (Number.isNaN(date.getTime())) throw new CliError(`${text} is neither a duration such as 90d nor a date.`, 2);
  return date;
}
