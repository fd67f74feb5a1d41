import type { Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { ok, type Result } from "@/lib/kernel/result";
import { ROOT_SLUG } from "@/lib/people/setup";

/** The root of the chart; made where there is none yet, which only the operator and Remit itself can come upon. */
export async function ensureRoot(step: Step, name: string): Promise<Result<{ id: string }>> {
  const root = await step.tx.node.findFirst({ where: { parentId: null }, select: { id: true } });
  if (root) return ok(root);
  const allowed = authorise(step, "organisation.write", null);
  if (!allowed.ok) return allowed;
  const id = step.newId();
  await step.tx.node.create({ data: { id, kind: "team", slug: ROOT_SLUG, name, createdAt: step.now } });
  step.audit({
    action: "organisation.create",
    subjectKind: "team",
    subjectId: id,
    nodeId: id,
    detail: { slug: ROOT_SLUG, name },
  });
  step.notify("chart");
  return ok({ id });
}
