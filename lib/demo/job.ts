import type { AskRequest } from "@/lib/client/wire";
import type { Dice } from "@/lib/demo/dice";

/** One thing that a simulated agent wants to do, with what it thought and what the system answered. */
export interface Act {
  /** What the model said before it asked; shown in the run's timeline. */
  thought: string;
  action: string;
  args: Record<string, unknown>;
  evidence?: AskRequest["evidence"];
  resource?: AskRequest["resource"];
  /** What the invented system returns when the action is carried out. */
  result: unknown;
  /** What carrying it out costs, in US dollars: known before, and reported afterwards. */
  costUsd?: number;
  /** The system fails this time. */
  fails?: string;
}

/** The work of one agent: what starts it, how often, and what a run of it does. */
export interface Job {
  agent: string;
  /** Seconds between runs, on average, once the demo has warmed up. */
  everySeconds: number;
  trigger: (dice: Dice) => { kind: string; source: string; reference?: string };
  instruction: string;
  onBehalfOf?: (dice: Dice) => string;
  plan: (dice: Dice) => Act[];
  /** Its software also fetches what people want undone. */
  undoes?: true;
  /** Another agent that some of the runs hand their rest to, as a child run. */
  delegates?: { agent: string; scope: string[]; chance: number; plan: (dice: Dice) => Act[]; instruction: string };
}

export const CUSTOMERS = [
  "Amara Diallo",
  "Ben Hollis",
  "Chloe Marchetti",
  "Dmitri Volkov",
  "Esme Turner",
  "Farid Haddad",
  "Grace Mbeki",
  "Henrik Solberg",
  "Ines Cardoso",
  "Jun Watanabe",
] as const satisfies readonly [string, ...string[]];

export const ITEMS = [
  "oak side table",
  "linen armchair",
  "wall shelf, walnut",
  "floor lamp",
  "rug, 160 by 230",
  "desk, height adjustable",
  "bed frame, ash",
  "set of four chairs",
] as const satisfies readonly [string, ...string[]];

/** A customer as the subject that a run acts for. */
export const customerSubject = (dice: Dice): string =>
  `customer:${dice.pick(CUSTOMERS).toLowerCase().replaceAll(" ", ".")}`;
