import type { Risk } from "@/lib/approvals/views";

/** What can wait in the inbox, in the order in which equals stand. `action` is one that nobody has classified. */
export const ITEM_KINDS = ["action", "appeal", "approval", "conflict", "promotion", "review"] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

export const ITEM_RISKS = ["high", "medium", "low"] as const satisfies Risk[];
export type ItemRisk = Risk;

/** `approval:<id>`: names one line of the inbox, in its address and to every part that is about it. */
export type ItemKey = `${ItemKind}:${string}`;

/** One line of the inbox: who wants to do what, to what, how risky, how much, how long left. Times are ISO text; it crosses to the browser. */
export interface Item {
  key: ItemKey;
  kind: ItemKind;
  id: string;
  risk: ItemRisk;
  /** In words: the action, or what is asked about it. */
  title: string;
  /** The action's id in the catalogue; null where the item is about none. */
  action: string | null;
  /** Agent's text: what it would be done to. */
  target: string | null;
  agent: { id: string; slug: string; name: string } | null;
  /** Agent's text: the person that it acts for. */
  onBehalfOf: string | null;
  /** "250 EUR": what an argument says that it is about. Agent's text. */
  amount: string | null;
  deadline: string | null;
  since: string;
  assignee: { id: string; name: string } | null;
  /** Out of the viewer's sight until then. */
  snoozedUntil: string | null;
  /** Where several people must approve. */
  votes: { have: number; need: number } | null;
  /** The viewer is asked, and may decide it. */
  mine: boolean;
}

export const itemKey = (kind: ItemKind, id: string): ItemKey => `${kind}:${id}`;

/** The kind and id that a key names; null for what is none. Actions' ids hold dots, never a colon. */
export function parseItemKey(key: string): { kind: ItemKind; id: string } | null {
  const at = key.indexOf(":");
  const kind = ITEM_KINDS.find((one) => one === key.slice(0, at));
  const id = key.slice(at + 1);
  return kind === undefined || id === "" || id.length > 200 ? null : { kind, id };
}

/** What decides an item's place. */
export type Place = Pick<Item, "risk" | "deadline" | "since" | "kind" | "id">;

/** The order of the inbox: risk (high first), then deadline (soonest first, none last), then since, kind and id. As in waiting-sql.ts. */
export function compareItems(left: Place, right: Place): number {
  return (
    ITEM_RISKS.indexOf(left.risk) - ITEM_RISKS.indexOf(right.risk) ||
    timeOf(left.deadline) - timeOf(right.deadline) ||
    timeOf(left.since) - timeOf(right.since) ||
    compareText(left.kind, right.kind) ||
    compareText(left.id, right.id)
  );
}

const NEVER = Number.MAX_SAFE_INTEGER;
const timeOf = (iso: string | null): number => (iso === null ? NEVER : Date.parse(iso));
const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
