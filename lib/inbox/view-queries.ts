import type { Viewer } from "@/lib/auth/viewer";
import { inboxFilterSchema, VIEWS, type View } from "@/lib/inbox/filter";
import { VIEWS_MAX } from "@/lib/inbox/view-schemas";

/** The views that everybody has, then the person's own by name. One whose stored filter is of another format is left out. */
export async function listViews({ db, person }: Pick<Viewer, "db" | "person">): Promise<View[]> {
  const own = await db.inboxView.findMany({
    where: { personId: person.id },
    orderBy: { name: "asc" },
    take: VIEWS_MAX,
    select: { id: true, name: true, filter: true },
  });
  const read = own.flatMap(({ filter, ...view }) => {
    const parsed = inboxFilterSchema.safeParse(filter);
    return parsed.success ? [{ ...view, filter: parsed.data }] : [];
  });
  return [...VIEWS, ...read];
}
