import { change, type Change, type CommandContext } from "@/lib/audit/change";
import { advance, behindOf, type Stretch } from "@/lib/audit/decision-cursor";
import { storedChecks } from "@/lib/decisions/stored-checks";
import { conflictKey, conflictPairs } from "@/lib/incidents/conflict-pairs";
import type { Json } from "@/lib/kernel/json";
import { ok, type Result } from "@/lib/kernel/result";

/** Records of a stream that one change looks at. */
const BATCH = 2_000;
const READER = "policy_conflicts";

interface Denied {
  id: string;
  agentId: string;
  action: string;
  at: Date;
  checks: Json;
}

/**
 * Raises contradictions of policies with those who own them: once per pair of rules and agent until it is resolved, with how often it
 * happened. Decisions are read along the gates' audit streams, in which each stands once and none can appear behind what was read.
 */
export async function raiseConflicts(context: CommandContext): Promise<{ opened: number }> {
  const behind = await behindOf(context.db, READER, BATCH);
  let opened = 0;
  for (const stretch of behind) {
    const denied = await conflictsOf(context, stretch);
    if (denied.length === 0) await advance(context.db, stretch);
    else {
      const raised = await change(context, {}, (step) => raise(step, context, stretch, denied));
      if (raised.ok) opened += raised.value.opened;
    }
  }
  return { opened };
}

const conflictsOf = ({ db }: CommandContext, { stream, after, until }: Stretch): Promise<Denied[]> =>
  db.$queryRaw<Denied[]>`
    SELECT d.id, d.agent_id AS "agentId", d.action, d.at, d.checks FROM audit_record r JOIN decision d ON d.id = r.subject_id::uuid
    WHERE r.stream = ${stream} AND r.seq > ${after} AND r.seq <= ${until} AND r.action = 'decision.deny' AND d.code = 'policy_conflict'
    ORDER BY r.seq`;

async function raise(
  step: Change,
  { newId }: CommandContext,
  stretch: Stretch,
  denied: readonly Denied[],
): Promise<Result<{ opened: number }>> {
  if (!(await advance(step.tx, stretch))) return { ok: false, error: { code: "conflict", message: "Read already." } };
  let opened = 0;
  for (const { id, agentId, action, at, checks } of denied) {
    for (const pair of conflictPairs(storedChecks(checks))) {
      const rows = await step.tx.$queryRaw<{ id: string; times: number }[]>`
        INSERT INTO policy_conflict (id, agent_id, allow_rule, deny_rule, action, open_key, first_at, last_at, last_decision_id)
        VALUES (${newId()}::uuid, ${agentId}::uuid, ${pair.allowRule}, ${pair.denyRule}, ${action}, ${conflictKey(agentId, pair)},
          ${at}::timestamptz, ${at}::timestamptz, ${id}::uuid)
        ON CONFLICT (open_key) DO UPDATE SET times = policy_conflict.times + 1, action = excluded.action,
          last_at = greatest(policy_conflict.last_at, excluded.last_at), last_decision_id = excluded.last_decision_id
        RETURNING id, times`;
      const [row] = rows;
      if (!row || row.times > 1) continue;
      opened += 1;
      step.audit({
        action: "policy.conflict",
        subjectKind: "conflict",
        subjectId: row.id,
        nodeId: agentId,
        detail: { agentId, decisionId: id, action, ...pair },
      });
    }
  }
  if (opened === 0) {
    const detail = { stream: stretch.stream, decisions: denied.length };
    step.audit({ action: "policy.conflict_again", subjectKind: "conflict", subjectId: READER, nodeId: null, detail });
  }
  step.notify("incidents");
  return ok({ opened });
}
