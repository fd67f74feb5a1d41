import type { CommandContext } from "@/lib/audit/change";
import { loadViewer } from "@/lib/auth/load-viewer";
import type { Viewer } from "@/lib/auth/viewer";
import type { Dice } from "@/lib/demo/dice";
import { DEMO_LOGINS } from "@/lib/demo/login";

interface Played {
  id: string;
  email: string;
  sessionEpoch: number;
}

/** The people of the demo whom no newcomer signs in as: only they act by themselves. */
export const playedPeople = (context: CommandContext): Promise<Played[]> =>
  context.db.person.findMany({
    where: { email: { notIn: DEMO_LOGINS.map((login) => login.email) }, status: "active" },
    select: { id: true, email: true, sessionEpoch: true },
  });

/** One of them with their own roles, as if they had signed in. */
export const actAs = (context: CommandContext, { id, sessionEpoch }: Played): Promise<Viewer | null> =>
  loadViewer(context, { personId: id, sessionEpoch });

/** What waits for people: whom it asks, and who must not decide it. */
interface Waiting {
  id: string;
  askedIds: string[];
  excludedIds: string[];
}

/** One of the things that wait and somebody of the cast who is asked for it; null when there is no such pair. */
export async function takeOne(
  context: CommandContext,
  waiting: readonly Waiting[],
  dice: Dice,
): Promise<{ id: string; viewer: Viewer } | null> {
  const played = await playedPeople(context);
  const pairs = waiting.flatMap(({ id, askedIds, excludedIds }) =>
    played
      .filter((person) => askedIds.includes(person.id) && !excludedIds.includes(person.id))
      .map((person) => ({ id, person })),
  );
  const chosen = pairs[dice.int(0, pairs.length - 1)];
  const viewer = chosen && (await actAs(context, chosen.person));
  return viewer ? { id: chosen.id, viewer } : null;
}
