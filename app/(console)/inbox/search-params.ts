import { parseAsString } from "nuqs/server";
import { facet, openFacet, tableParams, type TableQuery } from "@/components/data-table/table-params";
import { DEFAULT_VIEW, narrowed, type InboxFilter, type View } from "@/lib/inbox/filter";
import { ITEM_KINDS, ITEM_RISKS } from "@/lib/inbox/item";

const LONGEST_SEARCH = 200;

/** The state of the inbox in the URL: the view, what narrows it, and the item that is open. */
export const inboxParams = tableParams({
  view: parseAsString.withDefault(DEFAULT_VIEW.id),
  q: parseAsString.withDefault(""),
  kind: facet(ITEM_KINDS),
  risk: facet(ITEM_RISKS),
  agent: openFacet(),
  action: openFacet(),
  system: openFacet(),
  /** Ids of people; `none`. */
  assignee: openFacet(),
  item: parseAsString,
});
export type InboxQuery = TableQuery<typeof inboxParams>;

/** What narrows a view, by the names of the URL. */
export const CHOICES = ["kind", "risk", "agent", "action", "system", "assignee"] as const;
export type Choice = (typeof CHOICES)[number];

export const viewOf = (query: Pick<InboxQuery, "view">, views: readonly View[]): View =>
  views.find((view) => view.id === query.view) ?? DEFAULT_VIEW;

/** What is shown; null when the choices leave nothing of the view. */
export function filterOf(query: Omit<InboxQuery, "item">, views: readonly View[]): InboxFilter | null {
  const { q, kind, risk, agent, action, system, assignee } = query;
  return narrowed(viewOf(query, views).filter, {
    kind,
    risk,
    agent,
    action,
    system,
    assignee,
    search: q.slice(0, LONGEST_SEARCH),
  });
}

export const isNarrowed = (query: Omit<InboxQuery, "item">): boolean =>
  query.q !== "" || CHOICES.some((choice) => query[choice].length > 0);
