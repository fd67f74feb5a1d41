import type { Tx } from "@/lib/db/client";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { isSetUp } from "@/lib/people/is-set-up";

/**
 * Refuses with `conflict` when, with the changes of this transaction, nobody is left who is active, can sign in and is admin at the root.
 * Call it after the write and under the lock of the configuration row (`rebindsDecisions`), so that two admins cannot remove each other at once.
 */
export async function keepsAnAdmin(tx: Tx): Promise<Result<null>> {
  const left = await tx.roleBinding.count({
    where: { role: "admin", node: { parentId: null }, person: { status: "active", passwordHash: { not: null } } },
  });
  // Before the first run nobody can sign in: a manifest may name and disable people then.
  if (left > 0 || !(await isSetUp(tx))) return ok(null);
  return fail("conflict", "This is the last admin of the organisation. Make somebody else an admin first.");
}
