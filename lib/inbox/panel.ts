import type { AppealDetail } from "@/lib/appeals/views";
import type { AskedView } from "@/lib/approvals/route/asked";
import type { PresentState } from "@/lib/approvals/present-state";
import type { ApprovalDetail, PersonLabel } from "@/lib/approvals/views";
import type { UnclassifiedDetail } from "@/lib/catalogue/unclassified-queries";
import type { RuleReading } from "@/lib/decisions/explanation";
import type { ConflictRow } from "@/lib/incidents/views";
import type { JsonObject } from "@/lib/kernel/json";
import type { Plain } from "@/lib/kernel/plain";
import type { PromotionRow } from "@/lib/promotions/queries";
import type { ReviewDetail } from "@/lib/reviews/views";

/** What stands beside one line of the inbox. It crosses to the browser as JSON, ahead of time: times are ISO text, agents' texts are bounded. */
export type PanelData =
  | { kind: "approval"; approval: ApprovalView }
  | { kind: "review"; review: ReviewView }
  | { kind: "appeal"; appeal: Plain<AppealDetail> }
  | { kind: "conflict"; conflict: Plain<ConflictRow> }
  | { kind: "promotion"; promotion: Plain<PromotionRow> }
  | { kind: "action"; action: Plain<UnclassifiedDetail>; mayClassify: boolean; knownSystem: boolean };

/** How the tests of the rules came out for one request: read after the panel, since it rebuilds what the run knew. */
export type PanelReadings = Plain<RuleReading[]>;

export type ApprovalView = Plain<ApprovalPanel>;
export type ReviewView = Plain<ReviewDetail>;

/** An approval with everything that a person needs to decide it, and what was said and done about it so far. */
export interface ApprovalPanel extends ApprovalDetail {
  /** What would be redeemed: the arguments asked for, or those that somebody put in their place. */
  args: JsonObject;
  /** Hex. */
  argsHash: string;
  /** They are too large to be shown whole (the decision's page has all of them), so they are not edited here. */
  argsCut: boolean;
  edited: { by: string; at: Date } | null;
  /** JSON Schema of the arguments; null where the action has none. */
  schema: JsonObject | null;
  present: PresentState | null;
  /** Whom it asks, now and later; null when it waits no longer. */
  asked: AskedView | null;
  quorum: number;
  votes: Vote[];
  conversation: Said[];
  assignee: PersonLabel | null;
  /** Hidden from the viewer's queue until then. */
  snoozedUntil: Date | null;
  /** Decided, and not yet released to the agent: until then it can be undone. */
  releaseAt: Date | null;
  /** When the viewer first had it before them; null: never. */
  openedAt: Date | null;
  rules: DecidingRules;
  /** The server's clock when it was read. */
  now: Date;
}

/** One person's approval of what several must approve. */
interface Vote {
  person: { id: string; name: string };
  at: Date;
  comment: string | null;
}

export interface Said {
  id: string;
  kind: "question" | "answer" | "comment";
  /** Of an answer the agent's. */
  by: string;
  /** Of an answer the agent's text. */
  text: string;
  at: Date;
  /** Of an answer: its question. */
  answersId: string | null;
}

/** What the settings say about deciding. */
export interface DecidingRules {
  undoSeconds: number;
  /** How long the evidence must have been open before this one can be approved. */
  minimumSeconds: number;
  rejectReasons: { id: string; label: string; text: string }[];
}
