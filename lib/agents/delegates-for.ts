import type { Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok, type Result } from "@/lib/kernel/result";

/**
 * Whether a boundary may name these agents as ones that work is handed to: what such a run does wrong counts for the agent that does it, and
 * is charged to it, so that a person must be able to change that one, too. Names that stood there before are left alone. A manifest checks
 * its own names, since it may name an agent that it makes later. Errors: `not_found`, `forbidden`, `agent_retired`, field `boundary.delegates`.
 */
export async function delegatesFor(
  step: Step,
  before: readonly string[],
  after: readonly string[] | undefined,
): Promise<Result<null>> {
  if (step.actor.kind !== "person") return ok(null);
  for (const slug of after ?? []) {
    if (before.includes(slug)) continue;
    const node = await step.tx.node.findUnique({
      where: { slug },
      select: { id: true, name: true, agent: { select: { status: true } } },
    });
    const missing = fail("not_found", `There is no agent ${slug}.`, FIELD);
    if (!node?.agent) return missing;
    const allowed = authorise(step, "agent.write", node.id);
    if (!allowed.ok) {
      if (allowed.error.code === "not_found") return missing;
      return fail("forbidden", `You need a role on ${node.name} as well: what it is handed counts for it.`, FIELD);
    }
    if (node.agent.status === "retired") return fail("agent_retired", `${node.name} is retired.`, FIELD);
  }
  return ok(null);
}

const FIELD = "boundary.delegates";
