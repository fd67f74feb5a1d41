import type { Viewer } from "@/lib/auth/viewer";
import type { ApprovalState, Precedents } from "@/lib/approvals/views";
import { targetOf } from "@/lib/decisions/words";
import type { Json } from "@/lib/kernel/json";

const COUNTED = 200;
const SHOWN = 5;

/**
 * How earlier requests of the same agent for the same action ended; shown first are the latest that a person decided. The caller has
 * checked that the viewer sees the agent.
 */
export async function precedentsOf(
  { db }: Viewer,
  approval: { id: string; agentId: string; action: string; requestedAt: Date },
): Promise<Precedents> {
  const rows = await db.$queryRaw<
    {
      id: string;
      state: Exclude<ApprovalState, "pending">;
      requestedAt: Date;
      decidedAt: Date | null;
      decidedBy: string | null;
      comment: string | null;
      args: Json;
      resource: Json;
    }[]
  >`
    WITH earlier AS (
      SELECT *, row_number() OVER (ORDER BY state NOT IN ('approved', 'rejected'), requested_at DESC) AS place
      FROM (
        SELECT id, decision_id, state, requested_at, decided_at, decided_by_id, comment, args
        FROM approval
        WHERE agent_id = ${approval.agentId}::uuid AND action = ${approval.action} AND state <> 'pending' AND id <> ${approval.id}::uuid
          AND requested_at <= ${approval.requestedAt}::timestamptz
        ORDER BY requested_at DESC LIMIT ${COUNTED}
      ) latest
    )
    SELECT e.id, e.state::text, e.requested_at AS "requestedAt", e.decided_at AS "decidedAt", p.name AS "decidedBy", e.comment,
      CASE WHEN e.place <= ${SHOWN} AND octet_length(e.args::text) <= 65536 THEN e.args END AS args,
      CASE WHEN e.place <= ${SHOWN} AND octet_length(d.resource::text) <= 65536 THEN d.resource END AS resource
    FROM earlier e JOIN decision d ON d.id = e.decision_id LEFT JOIN person p ON p.id = e.decided_by_id
    ORDER BY e.place`;
  const count = (state: ApprovalState) => rows.filter((row) => row.state === state).length;
  return {
    counts: {
      approved: count("approved"),
      rejected: count("rejected"),
      expired: count("expired"),
      cancelled: count("cancelled"),
    },
    latest: rows.slice(0, SHOWN).map(({ args, resource, ...row }) => ({ ...row, target: targetOf(resource, args) })),
  };
}
