import type { Tx } from "@/lib/db/client";
import { fail, ok, type Result } from "@/lib/kernel/result";

/**
 * Refuses with `conflict` when, with the changes of this transaction, nobody is left who is active, can sign in and is admin at the root.
 * Call it after the write and under the lock of the configuration row (`rebindsDecisions`), so that two admins cannot remove each other at once.
 */
export async function keepsAnAdmin(tx: Tx): Promise<Result<null>> {
  const left = await tx.roleBinding.count({
    where: { role: "admin", node: { parentId: null }, person: { status: "active", passwordHash: { not: null } } },
  });
  return left > 0
    ? ok(null)
    : fail("conflict", "This is the last admin of the organisation. Make somebody else an admin first.");
}
