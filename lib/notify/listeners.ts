import type { Db } from "@/lib/db/client";
import { choicesFrom, DEFAULT_DIGEST_AT, type Channel, type QuietHours } from "@/lib/notify/choices";
import type { Listener } from "@/lib/notify/plan";
import { settingsFrom } from "@/lib/tiers/settings";

/** A person to be told, and the chats that are theirs. */
interface KnownListener extends Listener {
  chats: string[];
}

/** How these people want to be told. People who cannot sign in are left out. `mail`: a mail server is set up. */
export async function listenersOf(
  db: Db,
  personIds: readonly string[],
  { mail }: { mail: boolean },
): Promise<Map<string, KnownListener>> {
  if (personIds.length === 0) return new Map();
  const [configuration, people] = await Promise.all([
    db.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } }),
    db.person.findMany({
      where: { id: { in: [...personIds] }, status: "active" },
      select: {
        id: true,
        timeZone: true,
        notificationChoice: { select: { choices: true, quietFrom: true, quietTo: true, digestAt: true } },
        webhooks: { where: { kind: "chat", removedAt: null, pausedAt: null }, select: { id: true } },
      },
    }),
  ]);
  const { timeZone: organisationZone } = settingsFrom(configuration.settings).settings;
  return new Map(
    people.map(({ id, timeZone, notificationChoice: own, webhooks }) => {
      const reachable = new Set<Channel>(["app"]);
      if (mail) reachable.add("email");
      if (webhooks.length > 0) reachable.add("chat");
      return [
        id,
        {
          choices: choicesFrom(own?.choices),
          quiet: quietOf(own?.quietFrom ?? null, own?.quietTo ?? null),
          digestAt: own?.digestAt ?? DEFAULT_DIGEST_AT,
          zone: timeZone ?? organisationZone,
          reachable,
          chats: webhooks.map((webhook) => webhook.id),
        },
      ];
    }),
  );
}

export const quietOf = (from: number | null, to: number | null): QuietHours | null =>
  from === null || to === null ? null : { from, to };
