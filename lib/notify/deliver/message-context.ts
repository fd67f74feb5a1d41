import type { Db } from "@/lib/db/client";
import type { MessageContext } from "@/lib/notify/deliver/message";
import { settingsFrom } from "@/lib/tiers/settings";

/** What messages say beside their items, by the person's zone, else the organisation's. */
export async function messageContexts(
  db: Db,
  publicUrl: string,
): Promise<(one: { zone: string | null }) => MessageContext> {
  const row = await db.configuration.findUniqueOrThrow({
    where: { id: 1 },
    select: { organisation: true, settings: true },
  });
  const { timeZone, notifications } = settingsFrom(row.settings).settings;
  return ({ zone }) => ({
    organisation: row.organisation,
    zone: zone ?? timeZone,
    details: notifications.details,
    choicesUrl: new URL("/people/me/notifications", publicUrl).href,
  });
}
