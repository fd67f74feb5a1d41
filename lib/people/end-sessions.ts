import { change } from "@/lib/audit/change";
import type { Viewer } from "@/lib/auth/viewer";
import { ok, type Result } from "@/lib/kernel/result";

/** Ends every session of one's own, this one too. */
export async function endSessions(viewer: Viewer): Promise<Result<null>> {
  return await change(viewer, {}, async ({ tx, audit, notify }) => {
    const { id, email } = viewer.person;
    await tx.person.update({ where: { id }, data: { sessionEpoch: { increment: 1 } } });
    audit({ action: "person.end_sessions", subjectKind: "person", subjectId: id, nodeId: null, detail: { email } });
    notify("people");
    return ok(null);
  });
}
