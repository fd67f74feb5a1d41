import type { Unit } from "@/lib/budgets/envelope";
import type { Period } from "@/lib/budgets/periods";
import type { Envelope } from "@/lib/budgets/schemas";

/** One limit of one window, with what the window has taken. Amounts as in lib/budgets/envelope.ts: money in millionths of a dollar. */
export interface Meter {
  nodeId: string;
  /** Whose envelope it is. */
  node: string;
  period: Exclude<Period, "run">;
  unit: Unit;
  limit: number;
  spent: number;
  /** Held by decisions whose results are not known yet. */
  reserved: number;
  /** ISO: when it starts anew. */
  endsAt: string;
  /** Model calls whose price is not known: they are in no sum of money. */
  unpriced: number;
  /** ISO: when who answers for it was told that it is nearly used, or used up; null: nobody was. */
  toldAt: string | null;
}

/** What each single run below a node may use. */
export interface RunLimit {
  nodeId: string;
  node: string;
  unit: Unit;
  limit: number;
}

/** The envelope of a node as pages show and change it. */
export interface EnvelopeView {
  /** As it is set on the node itself. */
  own: Envelope;
  /** A stored one can not be read: everything below is denied. */
  unreadable: boolean;
  meters: Meter[];
  runs: RunLimit[];
  /** The share from which on agents are told to wind down. */
  nearAt: number;
  /** Set by a manager of the node above. */
  maySet: boolean;
}

/** How much of it is used, from 0; more than 1 where model calls went beyond it. */
export const shareOf = ({ spent, reserved, limit }: Pick<Meter, "spent" | "reserved" | "limit">): number =>
  (spent + reserved) / limit;

/** The meter that is closest to its limit. */
export const closestOf = (meters: readonly Meter[]): Meter | null =>
  meters.reduce<Meter | null>((closest, one) => (closest && shareOf(closest) >= shareOf(one) ? closest : one), null);

/** A limit that would refuse a request of a run, were it made at this moment. */
export type LimitRefusal =
  /** `until`: when the window ends; null: with the run. */
  | { kind: "envelope_used"; words: string; until: string | null }
  | { kind: "rate_reached"; limit: string; until: string };
