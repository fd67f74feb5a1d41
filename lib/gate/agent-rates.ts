import type { Pool } from "pg";

import { admit, AT_REST, type Admission, type Rate, type TatUs } from "@/lib/budgets/rate";
import type { Snapshot } from "@/lib/decisions/types";
import type { Waiting } from "@/lib/gate/asked";

/** Between two looks at a bucket another gate changed it: after so many, the requests are told to try again. */
const MAX_ATTEMPTS = 20;
const SWAP = `INSERT INTO agent_rate AS known (agent_id, tat_us) VALUES ($1, $2)
  ON CONFLICT (agent_id) DO UPDATE SET tat_us = excluded.tat_us WHERE known.tat_us = $3 RETURNING true`;
const READ = "SELECT tat_us FROM agent_rate WHERE agent_id = $1";

interface Asking {
  rate: Rate;
  waiting: Waiting[];
}

/**
 * The buckets that all gates share: of agents with a limit of all their runs together. A request is admitted here before it is decided,
 * so that whichever gates it comes to, no more are allowed than the limit says; of one that is then not decided, the place is spent.
 * Requests of other agents are not touched.
 */
export class AgentRates {
  private readonly remembered = new Map<string, TatUs>();

  constructor(private readonly pool: Pool) {}

  /** Asks for those of a batch that need it and have not asked yet; null when there are none. Rejects when the store is away. */
  ask(batch: readonly Waiting[], snapshot: Snapshot): Promise<void> | null {
    let asking: Map<string, Asking> | null = null;
    for (const waiting of batch) {
      const { agentId } = waiting.entry.state;
      const limit = snapshot.agents.get(agentId)?.limits?.agent;
      if (!limit || waiting.agentRate !== null) continue;
      const same = (asking ??= new Map()).get(agentId);
      if (same) same.waiting.push(waiting);
      else asking.set(agentId, { rate: limit.rate, waiting: [waiting] });
    }
    return asking && this.askAll(asking);
  }

  private async askAll(asking: ReadonlyMap<string, Asking>): Promise<void> {
    const all = [...asking].map(async ([agentId, { rate, waiting }]) => {
      const admissions = await this.take(agentId, rate, waiting.length);
      for (const [index, one] of waiting.entries()) {
        const admission = admissions?.[index];
        if (admission) one.agentRate = admission;
        else one.giveUp();
      }
    });
    await Promise.all(all);
  }

  /** What the bucket says to so many requests, one after the other. It is written only if nobody changed it meanwhile. */
  private async take(agentId: string, rate: Rate, count: number): Promise<Admission[] | null> {
    let before = this.remembered.get(agentId) ?? AT_REST;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const admissions = admissionsOf(before, rate, count);
      const after = admissions.at(-1)?.tatUs ?? before;
      const swapped = await this.pool.query({ name: "agent_rate_swap", text: SWAP, values: [agentId, after, before] });
      if (swapped.rowCount === 1) {
        this.remembered.set(agentId, after);
        return admissions;
      }
      const { rows } = await this.pool.query<{ tat_us: string }>({ name: "agent_rate", text: READ, values: [agentId] });
      before = Number(rows[0]?.tat_us ?? AT_REST);
    }
    return null;
  }
}

function admissionsOf(from: TatUs, rate: Rate, count: number): Admission[] {
  const nowMs = Date.now();
  const admissions: Admission[] = [];
  let tatUs = from;
  for (let index = 0; index < count; index += 1) {
    const admission = admit(tatUs, nowMs, rate);
    admissions.push(admission);
    tatUs = admission.tatUs;
  }
  return admissions;
}
