import type { StreamChange } from "@/lib/audit/stream-change";
import type { Period } from "@/lib/budgets/periods";

/** A row of envelope_use. */
export interface EnvelopePlace {
  ownerId: string;
  period: Period;
  startsAtMs: number;
}

/** Rows as `spend_in_envelopes` returns them; null when nothing was booked. */
export type Booked = unknown;

/** What a report books. */
interface Counts {
  /** Decisions whose results it brings: what each cost, null as reserved. */
  settles: { id: string; eventId: string; microUsd: bigint | null; tokens: number | null }[];
  /** What was spent beside them, on model calls above all. */
  microUsd: bigint;
  tokens: number;
  unpricedCalls: number;
}

interface Event {
  id: string;
  kind: string;
  decisionId: string | null;
  costMicroUsd: bigint | null;
  inputTokens: number;
  outputTokens: number;
  toolTokens: number | null;
}

/**
 * What events cost. A tool's result settles what its decision holds, once; a further result, or one of a decision that holds nothing, is
 * spent beside it, as model calls are. A model call without a price counts its tokens, and is counted as unpriced (I7). Pure.
 */
export function countsOf(events: readonly Event[], decided: ReadonlyMap<string, { held: boolean }>): Counts {
  const counts: Counts = { settles: [], microUsd: 0n, tokens: 0, unpricedCalls: 0 };
  const settled = new Set<string>();
  for (const { id, kind, decisionId, costMicroUsd, inputTokens, outputTokens, toolTokens } of events) {
    if (decisionId !== null && decided.get(decisionId)?.held && !settled.has(decisionId)) {
      settled.add(decisionId);
      counts.settles.push({ id: decisionId, eventId: id, microUsd: costMicroUsd, tokens: toolTokens });
      continue;
    }
    counts.microUsd += costMicroUsd ?? 0n;
    counts.tokens += inputTokens + outputTokens + (toolTokens ?? 0);
    if (kind === "llm" && costMicroUsd === null) counts.unpricedCalls += 1;
  }
  return counts;
}

/** Books them in the report's own transaction: an event is stored once, so that it is booked once. No statement where nothing is to be booked. */
export async function settle(change: StreamChange, counts: Counts, places: readonly EnvelopePlace[]): Promise<Booked> {
  const { settles, microUsd, tokens, unpricedCalls } = counts;
  const spent = microUsd > 0n || tokens > 0 || unpricedCalls > 0;
  if (settles.length === 0 && (!spent || places.length === 0)) return null;
  const spends = places.map(({ ownerId, period, startsAtMs }) => ({
    owner: ownerId,
    period,
    starts: new Date(startsAtMs),
    reserved_usd: 0,
    reserved_tokens: 0,
    usd: Number(microUsd),
    tokens,
    unpriced: unpricedCalls,
  }));
  const rows = await change.query<{ rows: Booked }>(
    "settle_reservations",
    "SELECT settle_reservations($1::json, $2::json, $3::timestamptz) AS rows",
    [
      JSON.stringify(
        settles.map(({ id, eventId, microUsd: cost, tokens: used }) => {
          return { id, event: eventId, usd: cost?.toString() ?? null, tokens: used };
        }),
      ),
      JSON.stringify(spent ? spends : []),
      change.now,
    ],
  );
  return rows[0]?.rows ?? null;
}
