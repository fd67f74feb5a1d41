import type { ApprovalState } from "@/lib/approvals/machine";

/**
 * What was seen of approvals from outside, by those who called, and from inside, by the record. All times are Unix milliseconds of one
 * machine's clock.
 */
export interface History {
  approvals: readonly Asked[];
  calls: readonly Call[];
  /** Of each stream in the order of its numbers. */
  records: readonly Recorded[];
  /** As stored when all was over. */
  finals: readonly Final[];
}

export interface Asked {
  id: string;
  runId: string;
  agentId: string;
  action: string;
  argsHash: string;
  approverIds: readonly string[];
  excludedIds: readonly string[];
  quorum: number;
  deadlineMs: number;
}

/** From when a call was sent to when its answer came; `toMs` is Infinity when none came. */
interface Span {
  approvalId: string;
  fromMs: number;
  toMs: number;
}

/** A person's press. `code` null: it was done; undefined: no answer came. */
export interface Press extends Span {
  kind: "press";
  verb: "approve" | "reject" | "undo";
  by: string;
  code: string | null | undefined;
}

/** An agent's look, or its wait: what it was told. */
export interface Look extends Span {
  kind: "look";
  runId: string;
  state: ApprovalState;
}

/** An agent's attempt to use an approval. `code` is that of the decision. */
export interface Use extends Span {
  kind: "use";
  runId: string;
  argsHash: string;
  decisionId: string;
  effect: "allow" | "deny" | "escalate";
  code: string;
}

export type Call = Press | Look | Use;

interface Link {
  approvalId: string;
  stream: string;
  seq: number;
  /** When the change began: it was committed after that. */
  atMs: number;
}

export type Recorded = Link &
  /** One person's vote, which may be the one that decides. */
  (
    | { kind: "approve"; by: string; argsHash: string; releaseAtMs: number; validUntilMs: number }
    | { kind: "reject"; by: string; releaseAtMs: number }
    | { kind: "undo"; by: string }
    | { kind: "cancel" }
    | { kind: "expire" }
    | { kind: "redeem"; decisionId: string; runId: string; agentId: string; action: string; argsHash: string }
  );

export interface Final {
  id: string;
  state: ApprovalState;
  decidedById: string | null;
  /** Whose approvals count, in order of their ids. */
  votes: readonly string[];
  redeemed: boolean;
}
