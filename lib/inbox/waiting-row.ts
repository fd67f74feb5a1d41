import type { AppealSubject } from "@/lib/appeals/appealable";
import type { Item, ItemKind, ItemRisk } from "@/lib/inbox/item";

/** One thing that waits, or did, whoever looks at it: what {@link itemFor} makes a person's line of. */
export interface WaitingRow {
  kind: ItemKind;
  id: string;
  /** Still waits, apart from its deadline. */
  open: boolean;
  risk: ItemRisk;
  title: string;
  action: string | null;
  target: string | null;
  agent: Item["agent"];
  onBehalfOf: string | null;
  amount: string | null;
  deadline: Date | null;
  since: Date;
  assignee: Item["assignee"];
  /** Whose it is to decide. */
  asks: Asks;
}

/** What tells whether somebody may decide it. Ids are people's, unless said. */
export type Asks =
  | {
      kind: "approval";
      approverIds: readonly string[];
      /** Those who are asked now. */
      askedIds: readonly string[];
      excludedIds: readonly string[];
      voterIds: readonly string[];
      quorum: number;
      snoozes: readonly { personId: string; until: string }[];
    }
  | {
      kind: "review";
      excludedIds: readonly string[];
      /** Those who are asked now; empty: all who may. */
      askedIds: readonly string[];
    }
  | { kind: "appeal"; subject: AppealSubject; excludedIds: readonly string[] }
  | { kind: "conflict" }
  | {
      kind: "promotion";
      /** The node above the agent. */
      parentId: string | null;
      requestedById: string | null;
      /** Who answers for the agent, and who did before at its tier. */
      ownerIds: readonly string[];
      /** The agent has another tier by now. */
      moved: boolean;
    }
  | {
      kind: "action";
      /** Agents that asked for it. */
      agentIds: readonly string[];
    };
