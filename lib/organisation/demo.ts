import { z } from "zod";

import { command, type Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok, type Result } from "@/lib/kernel/result";

/** Marks an empty database as a demo, as the first step of loading one. Errors: `demo_needs_empty`. */
export async function beginDemo(step: Step): Promise<Result<null>> {
  const allowed = authorise(step, "organisation.write", null);
  if (!allowed.ok) return allowed;
  await step.tx.$queryRaw`SELECT 1 AS done FROM (SELECT begin_demo()) AS begun`;
  step.audit({ action: "demo.begin", subjectKind: "organisation", subjectId: "1", nodeId: null, detail: {} });
  step.notify("*");
  return ok(null);
}

/**
 * Empties a database that was begun as a demo: everything goes, its audit records too. What remains begins with the record of this.
 * Errors: `demo_only` for an organisation that is none.
 */
export const removeDemo = command(z.strictObject({}), { rebindsDecisions: true }, async (step) => {
  const allowed = authorise(step, "organisation.write", null);
  if (!allowed.ok) return allowed;
  const { demo } = await step.tx.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { demo: true } });
  if (!demo) return fail("demo_only", "This organisation is not a demo: there is nothing to remove.");
  await step.tx.$queryRaw`SELECT 1 AS done FROM (SELECT remove_demo()) AS removed`;
  step.audit({ action: "demo.remove", subjectKind: "organisation", subjectId: "1", nodeId: null, detail: {} });
  step.notify("*");
  return ok(null);
});
