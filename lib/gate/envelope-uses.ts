import type { Pool } from "pg";
import { z } from "zod";

import { UNUSED, type Counter, type Use } from "@/lib/budgets/envelope";
import { PERIODS, type Period } from "@/lib/budgets/periods";
import type { Snapshot } from "@/lib/decisions/types";
import { BatchBudgets, placesOf, type Place } from "@/lib/gate/batch-budgets";
import type { RunEntry } from "@/lib/gate/run-entry";

/** How many counters a gate remembers; the oldest are forgotten first. */
const REMEMBERED = 50_000;
const READ = `SELECT json_build_array(u.owner_id, u.period, extract(epoch FROM u.starts_at) * 1000, u.reserved_micro_usd, u.reserved_tokens,
    u.settled_micro_usd, u.settled_tokens, u.calls, u.unpriced_calls) AS row
  FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS w(owner, period, starts)
  JOIN envelope_use u ON u.owner_id = w.owner AND u.period = w.period::envelope_period AND u.starts_at = w.starts`;

const number = z.number();
const rows = z.array(
  z
    .tuple([z.string(), z.enum(PERIODS), number, number, number, number, number, number, number])
    .transform(
      ([ownerId, period, startsAtMs, reservedUsd, reservedTokens, settledUsd, settledTokens, calls, unpriced]) => ({
        key: keyOf(ownerId, period),
        startsAtMs,
        use: { reservedUsd, reservedTokens, settledUsd, settledTokens, calls, unpriced },
      }),
    ),
);

const keyOf = (ownerId: string, period: Period): string => (period === "run" ? ownerId : `${ownerId} ${period}`);

interface Known {
  startsAtMs: number;
  use: Use;
  /** By `performance.now()`, before it was asked for. */
  readMs: number;
}

/**
 * What this gate knows of envelopes' counters, which all gates share. It may be behind: each commit that reserves is conditional on the
 * limits, and nothing is denied for an envelope on what was read before the request came.
 */
export class EnvelopeUses {
  private readonly known = new Map<string, Known>();

  constructor(private readonly pool: Pool) {}

  /** The envelopes that bind a batch; null: none, and there is nothing to pay. Resolves later only where one must be read first. */
  of(
    batch: readonly { entry: RunEntry }[],
    snapshot: Snapshot,
    now: Date,
  ): BatchBudgets | null | Promise<BatchBudgets> {
    const nowMs = now.getTime();
    let places: Map<string, readonly Place[]> | null = null;
    for (const { entry } of batch) {
      const envelopes = snapshot.agents.get(entry.state.agentId)?.envelopes;
      if (!envelopes || (envelopes.nodes.length === 0 && !envelopes.run && entry.state.parents.length === 0)) continue;
      if (places?.has(entry.id)) continue;
      (places ??= new Map()).set(entry.id, placesOf(snapshot, entry.state, nowMs));
    }
    if (!places) return null;
    const found = places;
    const unknown = [...new Set(found.values())].flatMap((of) => of.filter((place) => !this.find(place)));
    return unknown.length === 0 ? this.budgets(found) : this.read(unknown).then(() => this.budgets(found));
  }

  /** The counters of a run, read no longer ago than this. */
  async countersOf(entry: RunEntry, snapshot: Snapshot, now: Date, withinMs: number): Promise<readonly Counter[]> {
    const places = placesOf(snapshot, entry.state, now.getTime());
    const oldest = performance.now() - withinMs;
    const old = places.filter((place) => (this.find(place)?.readMs ?? -1) < oldest);
    if (old.length > 0) await this.read(old);
    return this.budgets(new Map([[entry.id, places]])).counters(entry.id);
  }

  /** Reads rows as they are now. */
  async read(places: readonly Place[]): Promise<void> {
    const distinct = [...new Map(places.map((place) => [place.key, place])).values()];
    const readMs = performance.now();
    const stored = await this.pool.query<{ row: unknown }>({
      name: "envelope_uses",
      text: READ,
      values: [
        distinct.map((place) => place.ownerId),
        distinct.map((place) => place.period),
        distinct.map((place) => new Date(place.startsAtMs)),
      ],
    });
    for (const { key, startsAtMs } of distinct) this.set(key, { startsAtMs, use: UNUSED, readMs });
    this.note(
      stored.rows.map(({ row }) => row),
      readMs,
    );
  }

  /** Takes over rows that a statement, begun at `readMs`, returned. */
  note(returned: unknown, readMs: number): void {
    for (const { key, startsAtMs, use } of rows.parse(returned)) {
      const known = this.known.get(key);
      if (known && (known.startsAtMs > startsAtMs || (known.startsAtMs === startsAtMs && known.readMs > readMs)))
        continue;
      this.set(key, { startsAtMs, use, readMs });
    }
  }

  /** Nothing is known of these any more: they are read when they are next needed. */
  forget(places: readonly Pick<Place, "key">[]): void {
    for (const { key } of places) this.known.delete(key);
  }

  private find({ key, startsAtMs }: Place): Known | undefined {
    const known = this.known.get(key);
    return known?.startsAtMs === startsAtMs ? known : undefined;
  }

  private budgets(places: ReadonlyMap<string, readonly Place[]>): BatchBudgets {
    return new BatchBudgets(places, (place) => this.find(place) ?? { use: UNUSED, readMs: -1 });
  }

  private set(key: string, known: Known): void {
    this.known.set(key, known);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= REMEMBERED) break;
      this.known.delete(oldest);
    }
  }
}
