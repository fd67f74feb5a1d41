import type { CommandContext } from "@/lib/audit/change";
import { loadViewer } from "@/lib/auth/load-viewer";
import type { Viewer } from "@/lib/auth/viewer";
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
