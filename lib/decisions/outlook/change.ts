import type { World } from "@/lib/decisions/outlook/world";

/** One thing that could be otherwise. */
export interface Change {
  kind:
    | "argument"
    | "evidence"
    | "sign-in"
    | "approval"
    | "grant"
    | "scope"
    | "tier"
    | "rule"
    | "wait"
    | "estimate"
    | "envelope";
  /** For people, as what would have to be: "Amount at most 1,000". */
  words: string;
  apply(world: World): World;
}
