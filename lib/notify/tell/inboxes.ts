import { notification, NOTIFY_CHANNEL } from "@/lib/audit/change";
import type { Db } from "@/lib/db/client";

/** Refreshes the bell and the list of people. */
export async function tellInboxes(db: Pick<Db, "$executeRaw">, people: readonly string[]): Promise<void> {
  if (people.length === 0) return;
  const topics = new Set(people.map((id) => `inbox:${id}`));
  await db.$executeRaw`SELECT pg_notify(${NOTIFY_CHANNEL}, ${notification(topics)})`;
}
