import { createCredential } from "@/lib/agents/credential-create";
import { revokeCredential } from "@/lib/agents/credential-revoke";
import { boundary } from "@/lib/agents/schemas";
import type { CommandContext } from "@/lib/audit/change";
import type { SimulatedAgent } from "@/lib/demo/simulate";

const CREDENTIAL_NAME = "Demo simulator";

/** Gives every agent of the demo a fresh credential, and revokes those that an earlier simulation left behind. */
export async function castAgents(context: CommandContext): Promise<SimulatedAgent[]> {
  const old = await context.db.credential.findMany({
    where: { name: CREDENTIAL_NAME, revokedAt: null },
    select: { id: true },
  });
  for (const { id } of old) await revokeCredential(context, { id });
  const agents = await context.db.agent.findMany({
    where: { status: { not: "retired" } },
    select: {
      id: true,
      node: { select: { slug: true } },
      versions: { orderBy: { number: "desc" }, take: 1, select: { boundary: true } },
    },
  });
  const cast: SimulatedAgent[] = [];
  for (const agent of agents) {
    const made = await createCredential(context, { agentId: agent.id, name: CREDENTIAL_NAME });
    if (!made.ok) continue;
    const model = boundary.safeParse(agent.versions[0]?.boundary).data?.model ?? "gpt-5-mini";
    cast.push({ slug: agent.node.slug, model, credential: made.value.secret });
  }
  return cast;
}
