import type { DecisionDetail } from "@/lib/decisions/decision-detail";
import type { Json } from "@/lib/kernel/json";

/** What an entry of a timeline holds beyond its line. Plain JSON: it crosses to the browser by request. */
export type EntryDetail =
  | { type: "event"; payload: Json; receivedAt: string; contentHash: string }
  | { type: "decision"; decision: DecisionDetail };
