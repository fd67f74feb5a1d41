import type { Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import type { Permission } from "@/lib/auth/permissions";
import { fail, ok, type Result } from "@/lib/kernel/result";

interface ChartNode {
  id: string;
  parentId: string | null;
  kind: "team" | "person" | "agent";
  slug: string;
  name: string;
  leadId: string | null;
  personId: string | null;
  position: number;
  suspended: boolean;
}

/** The node, for whoever may do this on it; else `not_found` or `forbidden`. */
export async function nodeFor(step: Step, permission: Permission, id: string): Promise<Result<ChartNode>> {
  const allowed = authorise(step, permission, id);
  if (!allowed.ok) return allowed;
  const node = await step.tx.node.findUnique({
    where: { id },
    select: {
      id: true,
      parentId: true,
      kind: true,
      slug: true,
      name: true,
      leadId: true,
      personId: true,
      position: true,
      suspended: true,
    },
  });
  return node ? ok(node) : fail("not_found", "There is no such node.");
}

/** Refuses a slug that another node has: they are unique in the organisation, so that a manifest can name any node. */
export async function slugIsFree(step: Step, slug: string): Promise<Result<null>> {
  const taken = await step.tx.node.findUnique({ where: { slug }, select: { id: true } });
  return taken ? fail("conflict", `The slug ${slug} is taken.`, "slug") : ok(null);
}

/** Refuses a person who does not exist or is disabled as one who is accountable. */
export async function activePerson(step: Step, id: string, field: string): Promise<Result<null>> {
  const person = await step.tx.person.findUnique({ where: { id }, select: { status: true, name: true } });
  if (!person) return fail("not_found", "There is no such person.", field);
  return person.status === "active" ? ok(null) : fail("conflict", `${person.name} is disabled.`, field);
}
