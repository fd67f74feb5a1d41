import type { Period } from "@/lib/budgets/periods";
import { envelope as schema, type Envelope } from "@/lib/budgets/schemas";

/** What is counted. `usd` is in millionths of a US dollar. All amounts are whole numbers below 2^53, which is nine thousand million dollars. */
export const UNITS = ["usd", "tokens", "calls"] as const;
export type Unit = (typeof UNITS)[number];
export type Amounts = Readonly<Record<Unit, number>>;

/** A limit, and the node that sets it. */
export interface Bound {
  readonly limit: number;
  readonly node: string;
}
export type Bounds = Readonly<Record<Unit, Bound | null>>;

/** The envelope of one node for one period: all that stands below the node is charged to it. */
interface NodeEnvelope {
  /** Of the node and the period. */
  readonly key: string;
  readonly nodeId: string;
  readonly period: Exclude<Period, "run">;
  readonly bounds: Bounds;
}

/** All that binds an agent's requests. */
export interface AgentEnvelopes {
  /** Each single run of the agent: of all nodes of its line the tightest. */
  readonly run: Bounds | null;
  readonly nodes: readonly NodeEnvelope[];
}

/** What a counter holds. */
export interface Use {
  readonly reservedUsd: number;
  readonly reservedTokens: number;
  readonly settledUsd: number;
  readonly settledTokens: number;
  /** Of allowed decisions. */
  readonly calls: number;
  /** Model calls whose cost is not known: they stand in no sum of money. */
  readonly unpriced: number;
}

/** One envelope in one window, with what it holds: what a decision looks at. */
export interface Counter {
  /** The node; of the period `run`, the run. */
  readonly ownerId: string;
  readonly period: Period;
  readonly startsAtMs: number;
  readonly bounds: Bounds;
  readonly use: Use;
}

export const UNUSED: Use = {
  reservedUsd: 0,
  reservedTokens: 0,
  settledUsd: 0,
  settledTokens: 0,
  calls: 0,
  unpriced: 0,
};

const NO_ENVELOPES: AgentEnvelopes = { run: null, nodes: [] };

interface PathNode {
  id: string;
  name: string;
  /** As stored. */
  envelope?: unknown;
}

const NODE_PERIODS = ["hour", "day", "month"] as const;

/**
 * The envelopes of an agent: its own and those of every node above, as far as they are set. null when one of them can not be read, which
 * then denies: a limit that nobody can read is not no limit.
 */
export function envelopesOf(path: readonly PathNode[]): AgentEnvelopes | null {
  const nodes: NodeEnvelope[] = [];
  let run: Bounds | null = null;
  for (const node of path) {
    if (node.envelope === undefined || node.envelope === null) continue;
    const parsed = schema.safeParse(node.envelope);
    if (!parsed.success) return null;
    for (const period of NODE_PERIODS) {
      const limits = parsed.data[period];
      if (limits)
        nodes.push({ key: `${node.id} ${period}`, nodeId: node.id, period, bounds: boundsOf(limits, node.name) });
    }
    if (parsed.data.run) run = tightest(run, boundsOf(parsed.data.run, node.name));
  }
  return run === null && nodes.length === 0 ? NO_ENVELOPES : { run, nodes };
}

type Limits = NonNullable<Envelope[Period]>;

export function boundsOf({ usd, tokens, calls }: Limits, node: string): Bounds {
  const bound = (limit: number | undefined): Bound | null => (limit === undefined ? null : { limit, node });
  return {
    usd: bound(usd === undefined ? undefined : Math.round(usd * 1_000_000)),
    tokens: bound(tokens),
    calls: bound(calls),
  };
}

function tightest(a: Bounds | null, b: Bounds): Bounds {
  if (a === null) return b;
  const tighter = (one: Bound | null, other: Bound | null): Bound | null =>
    one === null || (other !== null && other.limit < one.limit) ? other : one;
  return { usd: tighter(a.usd, b.usd), tokens: tighter(a.tokens, b.tokens), calls: tighter(a.calls, b.calls) };
}

/** What of a counter is taken: spent, or held by decisions whose result is not known yet. */
export function takenOf({ reservedUsd, reservedTokens, settledUsd, settledTokens, calls }: Use, unit: Unit): number {
  switch (unit) {
    case "usd":
      return reservedUsd + settledUsd;
    case "tokens":
      return reservedTokens + settledTokens;
    case "calls":
      return calls;
  }
}

/** Of what is taken, what is spent for good. */
export const settledOf = (use: Use, unit: Unit): number =>
  unit === "usd" ? use.settledUsd : unit === "tokens" ? use.settledTokens : use.calls;
