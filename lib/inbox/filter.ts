import { z } from "zod";

import { ITEM_KINDS, ITEM_RISKS, type Item } from "@/lib/inbox/item";

/** From when on a deadline is near. */
export const DUE_SOON_MS = 30 * 60_000;

const few = <T extends z.ZodType>(one: T) => z.array(one).max(50).default([]);

/** What a view of the inbox shows; a saved view keeps it as it is. Empty lists narrow nothing. */
export const inboxFilterSchema = z.strictObject({
  /** Only what waits for the person. */
  mine: z.boolean().default(false),
  /** Put aside for now: only those, or (by default) all others. */
  snoozed: z.boolean().default(false),
  /** Only what is due within half an hour. */
  dueSoon: z.boolean().default(false),
  kind: few(z.enum(ITEM_KINDS)),
  risk: few(z.enum(ITEM_RISKS)),
  /** Slugs. */
  agent: few(z.string().max(100)),
  action: few(z.string().max(200)),
  system: few(z.string().max(100)),
  /** Ids of people; `none` is nobody. */
  assignee: few(z.string().max(64)),
  search: z.string().max(200).default(""),
});
export type InboxFilter = z.infer<typeof inboxFilterSchema>;

export const NO_FILTER: InboxFilter = inboxFilterSchema.parse({});

export interface View {
  id: string;
  name: string;
  filter: InboxFilter;
}

/** The views that everybody has. */
export const VIEWS = [
  { id: "mine", name: "Mine", filter: { ...NO_FILTER, mine: true } },
  { id: "all", name: "All waiting", filter: NO_FILTER },
  { id: "high", name: "High risk", filter: { ...NO_FILTER, mine: true, risk: ["high"] } },
  { id: "soon", name: "Due soon", filter: { ...NO_FILTER, mine: true, dueSoon: true } },
  { id: "snoozed", name: "Snoozed", filter: { ...NO_FILTER, snoozed: true } },
] as const satisfies View[];

export const DEFAULT_VIEW = VIEWS[0];

/** A view, narrowed further by what is chosen beside it: both must hold. */
export function narrowed(view: InboxFilter, chosen: Partial<InboxFilter>): InboxFilter | null {
  const kind = both(view.kind, chosen.kind);
  const risk = both(view.risk, chosen.risk);
  const agent = both(view.agent, chosen.agent);
  const action = both(view.action, chosen.action);
  const system = both(view.system, chosen.system);
  const assignee = both(view.assignee, chosen.assignee);
  if (!kind || !risk || !agent || !action || !system || !assignee) return null;
  const search = [view.search, chosen.search ?? ""].filter(Boolean).join(" ").slice(0, 200);
  return { ...view, kind, risk, agent, action, system, assignee, search };
}

/** The values in both lists, where an empty one is all; null when nothing is left. */
function both<T>(one: readonly T[], other: readonly T[] = []): T[] | null {
  if (one.length === 0) return [...other];
  if (other.length === 0) return [...one];
  const left = one.filter((value) => other.includes(value));
  return left.length > 0 ? left : null;
}

/** `crm.update_account` → `crm`. */
const systemOf = (action: string): string => action.slice(0, Math.max(0, action.indexOf(".")));

/** Whether a line belongs to what is shown. "unknown" where only the store can tell: a search looks at more than the line holds. */
export function matches(item: Item, filter: InboxFilter, now: number): boolean | "unknown" {
  const snoozed = item.snoozedUntil !== null && Date.parse(item.snoozedUntil) > now;
  const due = item.deadline === null ? Number.POSITIVE_INFINITY : Date.parse(item.deadline);
  if (due <= now || snoozed !== filter.snoozed || (filter.mine && !item.mine)) return false;
  if (filter.dueSoon && due > now + DUE_SOON_MS) return false;
  const { action } = item;
  const fits =
    oneOf(filter.kind, item.kind) &&
    oneOf(filter.risk, item.risk) &&
    oneOf(filter.agent, item.agent?.slug) &&
    oneOf(filter.action, action ?? undefined) &&
    oneOf(filter.system, action === null ? undefined : systemOf(action)) &&
    oneOf(filter.assignee, item.assignee?.id ?? "none");
  return fits && filter.search !== "" ? "unknown" : fits;
}

const oneOf = <T>(chosen: readonly T[], value: T | undefined): boolean =>
  chosen.length === 0 || (value !== undefined && chosen.includes(value));
