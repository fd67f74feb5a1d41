import type { CommandContext } from "@/lib/audit/change";
import { inOneChange } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { ok, type Result } from "@/lib/kernel/result";

/**
 * Removes the demo organisation with everything that happened in it, and leaves the database as new: the next visit is the first run.
 * The store refuses it (`demo_only`) where the database was not begun as a demo. The first record of the new chain says that it happened.
 */
export async function removeDemo(context: CommandContext): Promise<Result<null>> {
  const allowed = authorise(context, "organisation.write", null);
  if (!allowed.ok) return allowed;
  return await inOneChange(context, { rebindsDecisions: true }, async (step) => {
    await step.tx.$executeRaw`SELECT remove_demo()`;
    step.audit({ action: "demo.remove", subjectKind: "organisation", subjectId: "1", nodeId: null, detail: {} });
    step.notify("*");
    return ok(null);
  });
}
