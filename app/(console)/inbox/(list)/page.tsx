import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { requireViewer } from "@/lib/auth/session";
import { countViews } from "@/lib/inbox/counts";
import { parseItemKey } from "@/lib/inbox/item";
import { itemsOf, listItems, type ItemPage } from "@/lib/inbox/list-items";
import { readPanel } from "@/lib/inbox/panel-queries";
import { listViews } from "@/lib/inbox/view-queries";
import { Inbox } from "../_list/inbox";
import { filterOf, inboxParams } from "../search-params";

export const metadata: Metadata = { title: "Inbox" };

const NOTHING: ItemPage = { items: [], next: null };
/** The first page is small, so that it is there at once; the browser asks for larger ones. */
const FIRST = 60;

export default async function InboxPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, query] = await Promise.all([requireViewer("approval.read"), inboxParams.load(searchParams)]);
  const views = await listViews(viewer);
  const filter = filterOf(query, views);
  const [page, counts, named] = await Promise.all([
    filter === null ? NOTHING : listItems(viewer, filter, { limit: FIRST }),
    countViews(viewer, views),
    query.item === null ? [] : itemsOf(viewer, [query.item]),
  ]);
  const open = named[0] ?? page.items[0] ?? null;
  const key = open && parseItemKey(open.key);
  const data = key && (await readPanel(viewer, key));
  return (
    <Inbox
      views={views}
      first={{ filter, page, open: named[0] ?? null }}
      panel={open && data && { key: open.key, data }}
      numbers={{ views: counts }}
      viewer={{ id: viewer.person.id, name: viewer.person.name }}
      named={named.length > 0}
      measures={viewer.access.canAnywhere("measures.read")}
    />
  );
}
