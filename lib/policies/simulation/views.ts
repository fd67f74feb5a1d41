import type { RuleChange } from "@/lib/policies/simulation/differ";
import type { SimulatedOutcome } from "@/lib/policies/simulation/outcome";
import type { RuleTally, Tally } from "@/lib/policies/simulation/tally";
import type { Author } from "@/lib/policies/views";

export type SimulationState = "queued" | "running" | "done" | "cancelled" | "failed";

/** One simulation in a list. */
export interface SimulationLine {
  id: string;
  state: SimulationState;
  days: number;
  agent: { name: string; slug: string } | null;
  action: string | null;
  requestedAt: string;
  /** null: the operator at the machine. */
  requestedBy: Author | null;
  /** Hex, as of a draft: another one than the draft's now means that the draft has changed since. */
  rulesHash: string;
  /** Decisions that would come out otherwise; null before the end. */
  changed: number | null;
}

/** One simulation as its page shows it. */
export interface SimulationView extends SimulationLine {
  fromAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  total: number;
  passed: number;
  fault: string | null;
  /** Number of the version that it was compared with; null when the policy was not in force. */
  inForce: number | null;
  /** Another version is in force now, or another configuration around it. */
  configurationChanged: boolean;
  mayCancel: boolean;
  result: SimulationResult | null;
}

export interface SimulationResult extends Pick<
  Tally,
  "decisions" | "decided" | "unconcerned" | "standing" | "exactness" | "incomplete"
> {
  changed: number;
  stricter: number;
  milder: number;
  transitions: { from: SimulatedOutcome; to: SimulatedOutcome; count: number }[];
  /** Those that say something else than before first. */
  rules: RuleLine[];
  /** With the most changes first; at most 50. */
  agents: PlaceLine[];
  actions: PlaceLine[];
}

export type RuleLine = RuleTally & { change: RuleChange | null };

export interface PlaceLine {
  /** Of an agent its name, of an action its title. */
  label: string;
  /** Of an agent its slug, of an action its id; null: those beyond what is counted one by one. */
  key: string | null;
  decided: number;
  stricter: number;
  milder: number;
}

/** A decision that would come out otherwise. */
export interface SampleLine {
  id: string;
  at: string;
  agent: { name: string; slug: string };
  action: string;
  title: string;
  /** Agent's text: what it would be done to. */
  target: string | null;
  was: string;
  is: string;
  rules: string[];
}

/** What a simulation can be narrowed to. */
export interface SimulationChoices {
  agents: { id: string; name: string; slug: string }[];
  actions: { id: string; title: string }[];
}
