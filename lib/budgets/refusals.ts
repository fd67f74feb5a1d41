import { askedOf, assess, type Line } from "@/lib/budgets/assess";
import { envelopesOf, UNUSED, type Bounds, type Counter, type Use } from "@/lib/budgets/envelope";
import { limitsOf } from "@/lib/budgets/limits";
import { endOf, PERIODS, startOf, type Period } from "@/lib/budgets/periods";
import { admit } from "@/lib/budgets/rate";
import { overSentence } from "@/lib/budgets/over-words";
import type { LimitRefusal } from "@/lib/budgets/views";
import type { Db } from "@/lib/db/client";
import { microUsd } from "@/lib/kernel/money";
import { settingsFrom } from "@/lib/tiers/settings";

/** A wait that nobody need hear of: the agent asks again. */
const SHORT_MS = 30_000;

/**
 * What a request of a run would meet in its envelopes and rates now, as checks 5 and 6 would find it (invariant I6 is theirs: this only
 * foresees, for who is to approve it). Arguments play no part: what is reserved is the estimate, or what the settings say of the kind.
 * `sees`: the nodes whose envelopes the viewer may know the amounts of (invariant I12).
 */
export async function limitRefusals(
  db: Db,
  request: { runId: string; action: string; estimate: unknown },
  now: Date,
  sees: (nodeId: string) => boolean,
): Promise<LimitRefusal[]> {
  const [configuration, action, line] = await Promise.all([
    db.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } }),
    db.action.findUnique({ where: { id: request.action }, select: { kind: true } }),
    readLine(db, request.runId),
  ]);
  const { settings } = settingsFrom(configuration.settings);
  const asked = askedOf(estimateOf(request.estimate), settings.budgets, action?.kind ?? "execute");
  const over = assess(await countersOf(db, line, now), asked, settings.budgets.windDownAt).over;
  const refusals = over.map((one): LimitRefusal => {
    const endsAtMs = endOf(one.counter.period, one.counter.startsAtMs);
    return {
      kind: "envelope_used",
      words: wordsOf(one, request.runId, sees),
      until: endsAtMs === null ? null : new Date(endsAtMs).toISOString(),
    };
  });
  const [own] = line;
  const limits = own && limitsOf(settings, { rate: own.rate });
  for (const [limit, tatUs] of [
    [limits?.agent, own?.agentTatUs],
    [limits?.run, own?.runTatUs],
  ] as const) {
    const said = limit && admit(Number(tatUs ?? 0), now.getTime(), limit.rate);
    if (!limit || !said || said.admitted || said.retryAfterMs < SHORT_MS) continue;
    const until = new Date(now.getTime() + said.retryAfterMs).toISOString();
    refusals.push({ kind: "rate_reached", limit: limit.text, until });
  }
  return refusals;
}

function wordsOf(line: Line, runId: string, sees: (nodeId: string) => boolean): string {
  const { period, ownerId } = line.counter;
  // The limit of a run may be set by any node above.
  if (period === "run") {
    const node = ownerId === runId ? "Its run" : "A run that delegated to it";
    return overSentence({ ...line, bound: { ...line.bound, node } });
  }
  return sees(ownerId) ? overSentence(line) : "The envelope of a node above has no room for it.";
}

/** A run with the nodes above its agent, the agent's own first. */
interface LineRun {
  runId: string;
  rate: unknown;
  runTatUs: bigint;
  agentTatUs: bigint | null;
  path: { id: string; name: string; envelope: unknown }[];
}

/** The run, then those that delegated to it, nearest first. */
async function readLine(db: Db, runId: string): Promise<LineRun[]> {
  return db.$queryRaw<LineRun[]>`
    WITH RECURSIVE line AS (
      SELECT id, parent_run_id, agent_id, rate_tat_us, 0 AS distance FROM run WHERE id = ${runId}::uuid
      UNION ALL
      SELECT run.id, run.parent_run_id, run.agent_id, run.rate_tat_us, distance + 1
        FROM line JOIN run ON run.id = line.parent_run_id WHERE distance < 64
    )
    SELECT line.id::text AS "runId", agent.rate, line.rate_tat_us AS "runTatUs", agent_rate.tat_us AS "agentTatUs", (
        WITH RECURSIVE up AS (
          SELECT id, parent_id, name, envelope, 0 AS steps FROM node WHERE id = line.agent_id
          UNION ALL
          SELECT node.id, node.parent_id, node.name, node.envelope, steps + 1 FROM up JOIN node ON node.id = up.parent_id WHERE steps < 100
        ) SELECT json_agg(json_build_object('id', id, 'name', name, 'envelope', envelope) ORDER BY steps) FROM up
      ) AS path
    FROM line JOIN agent ON agent.id = line.agent_id LEFT JOIN agent_rate ON agent_rate.agent_id = agent.id
    ORDER BY line.distance`;
}

/** The counters that bind the run, as `placesOf` of lib/gate/batch-budgets.ts finds them. One that can not be read shows on the agent's page. */
async function countersOf(db: Db, line: readonly LineRun[], now: Date): Promise<Counter[]> {
  const places: { ownerId: string; period: Period; startsAtMs: number; bounds: Bounds }[] = [];
  for (const [distance, { runId, path }] of line.entries()) {
    const envelopes = envelopesOf(path);
    if (!envelopes) continue;
    const at = (ownerId: string, period: Period, bounds: Bounds) =>
      places.push({ ownerId, period, startsAtMs: startOf(period, now.getTime()), bounds });
    if (envelopes.run) at(runId, "run", envelopes.run);
    if (distance === 0) for (const { nodeId, period, bounds } of envelopes.nodes) at(nodeId, period, bounds);
  }
  if (places.length === 0) return [];
  const rows = await db.envelopeUse.findMany({
    where: {
      ownerId: { in: [...new Set(places.map((place) => place.ownerId))] },
      OR: PERIODS.map((period) => ({ period, startsAt: new Date(startOf(period, now.getTime())) })),
    },
  });
  const uses = new Map(
    rows.map((row): [string, Use] => [
      `${row.ownerId} ${row.period}`,
      {
        reservedUsd: Number(row.reservedMicroUsd),
        reservedTokens: Number(row.reservedTokens),
        settledUsd: Number(row.settledMicroUsd),
        settledTokens: Number(row.settledTokens),
        calls: Number(row.calls),
        unpriced: Number(row.unpricedCalls),
      },
    ]),
  );
  return places.map((place) => ({ ...place, use: uses.get(`${place.ownerId} ${place.period}`) ?? UNUSED }));
}

/** As the decision stored it: {costUsd?, tokens?}. */
function estimateOf(stored: unknown): { costMicroUsd?: bigint; tokens?: number } | null {
  if (typeof stored !== "object" || stored === null) return null;
  const costUsd = "costUsd" in stored ? stored.costUsd : undefined;
  const tokens = "tokens" in stored ? stored.tokens : undefined;
  return {
    ...(typeof costUsd === "number" && { costMicroUsd: microUsd(costUsd) }),
    ...(typeof tokens === "number" && { tokens }),
  };
}
