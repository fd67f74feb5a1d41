import type { Viewer } from "@/lib/auth/viewer";
import { parseInput } from "@/lib/kernel/parse";
import { ok, type Result } from "@/lib/kernel/result";
import { markReadInput } from "@/lib/notify/schemas";
import { tellInboxes } from "@/lib/notify/tell/inboxes";

/**
 * Marks notifications of the viewer's own as read. No audit record: what somebody has read of their list is no change of the organisation,
 * and it would hold up the one stream of those that are.
 */
export async function markRead(viewer: Viewer, raw: { ids: string[] | "all" }): Promise<Result<{ count: number }>> {
  const parsed = parseInput(markReadInput, raw);
  if (!parsed.ok) return parsed;
  const { ids } = parsed.value;
  const { count } = await viewer.db.notification.updateMany({
    where: { personId: viewer.person.id, readAt: null, ...(ids === "all" ? { shown: true } : { id: { in: ids } }) },
    data: { readAt: viewer.clock.now() },
  });
  if (count > 0) await tellInboxes(viewer.db, [viewer.person.id]);
  return ok({ count });
}
