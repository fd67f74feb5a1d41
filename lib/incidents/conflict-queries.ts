import { within, type Access } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import type { Prisma } from "@/lib/db/generated/client";
import type { ConflictRow, ConflictState } from "@/lib/incidents/views";
import { isId } from "@/lib/kernel/ids";

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
      include: LABELS,
    }),
    db.policyConflict.count({ where }),
  ]);
  return { rows: rows.map((row) => rowOf(access, row)), total };
}

/** One of them; null when the viewer does not see its agent (I12), or there is none. */
export async function getConflict({ db, access }: Viewer, id: string): Promise<ConflictRow | null> {
  if (!isId(id)) return null;
  const row = await db.policyConflict.findFirst({
    where: { id, ...within(access, "incident.read", "agentId") },
    include: LABELS,
  });
  return row && rowOf(access, row);
}

const LABELS = {
  agent: { select: { node: { select: { id: true, slug: true, name: true } } } },
  resolvedBy: { select: { name: true } },
} as const;

function rowOf(
  access: Access,
  {
    agent,
    agentId,
    resolvedBy,
    openKey: _openKey,
    resolvedById: _resolvedById,
    ...row
  }: Prisma.PolicyConflictGetPayload<{ include: typeof LABELS }>,
): ConflictRow {
  return {
    ...row,
    agent: agent.node,
    resolvedBy: resolvedBy?.name ?? null,
    mayResolve: row.resolvedAt === null && access.can("incident.write", agentId),
  };
}
