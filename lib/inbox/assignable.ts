import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";

/** People who are named as deciders of every one of these approvals and excluded from none, by name; nobody where one is out of sight (I12). */
export async function assignable(viewer: Viewer, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  const wanted = [...new Set(ids)];
  return await viewer.db.$queryRaw`
    SELECT p.id, p.name FROM person p
    WHERE p.status = 'active' AND (
      SELECT count(*) FROM approval a
      WHERE a.id = ANY(${wanted}::uuid[]) AND ${withinSql(viewer.access, "approval.read", "a.agent_id")}
        AND a.state = 'pending' AND p.id = ANY(a.approver_ids) AND NOT p.id = ANY(a.excluded_ids)) = ${wanted.length}
    ORDER BY p.name LIMIT 50`;
}
