import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import type { ConflictRow, ConflictState } from "@/lib/incidents/views";

/** Contradictions of policies about agents that the viewer sees, latest first: those that are open, or those that were resolved. */
export async function listConflicts(
  { db, access }: Viewer,
  params: { state: ConflictState; page: number; pageSize: number },
): Promise<{ rows: ConflictRow[]; total: number }> {
  const where = {
    resolvedAt: params.state === "open" ? null : { not: null },
    ...within(access, "incident.read", "agentId"),
  };
  const limit = Math.min(100, params.pageSize);
  const [rows, total] = await Promise.all([
    db.policyConflict.findMany({
      where,
      orderBy: [{ lastAt: "desc" }, { id: "desc" }],
      take: limit,
      skip: (params.page - 1) * limit,
      include: {
        agent: { select: { node: { select: { id: true, slug: true, name: true } } } },
        resolvedBy: { select: { name: true } },
      },
    }),
    db.policyConflict.count({ where }),
  ]);
  return {
    rows: rows.map(({ agent, agentId, resolvedBy, openKey: _openKey, resolvedById: _resolvedById, ...row }) => ({
      ...row,
      agent: agent.node,
      resolvedBy: resolvedBy?.name ?? null,
      mayResolve: row.resolvedAt === null && access.can("incident.write", agentId),
    })),
    total,
  };
}
