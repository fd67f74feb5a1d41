import type { ReviewState } from "@/lib/reviews/views";
import type { EventKind } from "@/lib/runs/views";

/** What a timeline can be narrowed to. */
export const TIMELINE_KINDS = [
  "allow",
  "deny",
  "escalate",
  "approval",
  "review",
  "delegation",
  "llm",
  "tool",
  "step",
  "output",
  "error",
  "log",
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** One thing that happened in a run. Times are ISO text and money is decimal micro-USD, since entries cross to the browser as JSON. */
export type TimelineEntry = DecisionEntry | ApprovalEntry | ReviewEntry | DelegationEntry | EventEntry;

interface EntryBase {
  /** `decision:<id>`, `approval:<id>`, `review:<id>`, `delegation:<run id>` or `event:<id>`: names the entry in links. */
  key: string;
  at: string;
}

export interface DecisionEntry extends EntryBase {
  type: "decision";
  id: string;
  action: string;
  actionTitle: string;
  target: string | null;
  effect: "allow" | "deny" | "escalate";
  code: string;
  message: string;
  latencyUs: number;
  shadow: boolean;
  /** What it asked for, and how that stands now. */
  approval: { id: string; state: string; deadline: string } | null;
  redeemedApprovalId: string | null;
  reviewDeadline: string | null;
}

/** A person decided, or nobody did in time. */
export interface ApprovalEntry extends EntryBase {
  type: "approval";
  id: string;
  decisionId: string;
  state: string;
  actionTitle: string;
  target: string | null;
  decidedBy: string | null;
  comment: string | null;
  requestedAt: string;
}

/** A person looked at what was done, or nobody did in time; where it was rolled back, how far that has come. */
export interface ReviewEntry extends EntryBase {
  type: "review";
  id: string;
  decisionId: string;
  state: ReviewState;
  actionTitle: string;
  target: string | null;
  /** Null: nobody in time. */
  decidedBy: string | null;
  comment: string | null;
  /** Of its latest rollback, in words of whoever carried it out. */
  detail: string | null;
}

/** A run that this run started. */
export interface DelegationEntry extends EntryBase {
  type: "delegation";
  runId: string;
  agent: { slug: string; name: string };
  status: string;
  scope: string[];
}

export interface EventEntry extends EntryBase {
  type: "event";
  id: string;
  kind: EventKind;
  name: string | null;
  durationMs: number | null;
  parentEventId: string | null;
  decisionId: string | null;
  costMicroUsd: string | null;
  summary: EventSummary;
  /** Arrival less the agent's own time, when that differs by more than a minute: its clock is off, or it reported late. */
  lateMs: number | null;
}

export interface EventSummary {
  /** One line of what it carried. Agent's text. */
  preview: string | null;
  model: string | null;
  inputTokens: number | null;
  outputTokens: number | null;
  /** Of a tool call. */
  ok: boolean | null;
}

export interface TimelinePage {
  entries: TimelineEntry[];
  /** Cursors of the neighbouring pages; null where there is nothing more. */
  before: string | null;
  after: string | null;
}

/** Who acts for whom, under whose authority. */
export interface RunTrail {
  runId: string;
  mode: "live" | "shadow";
  trigger: { kind: string; source: string | null; reference: string | null };
  /** Agent's text, except the time. */
  onBehalfOf: { subject: string; authenticatedAt: string | null } | null;
  instruction: string | null;
  model: string | null;
  startedAt: Date;
  status: string;
  agent: {
    id: string;
    slug: string;
    name: string;
    status: string;
    tier: string;
    owner: { id: string; name: string };
    /** The version that the run names. */
    version: number;
  };
  /** Chart nodes above the agent that the viewer may see, nearest first. */
  above: { id: string; name: string; kind: string; slug: string }[];
  /** Runs above in the chain of delegation, nearest first. */
  parents: ParentRun[];
}

/** A run of an agent outside the viewer's subtree is only known to exist. */
export type ParentRun =
  | { visible: true; runId: string; agent: { slug: string; name: string }; status: string; onBehalfOf: string | null }
  | { visible: false };
