import type { ConsoleAction, ConsoleClient } from "@/e2e/faults/console-client";
import type { Journal, Request } from "@/e2e/faults/fire/journal";

/** What reviewers press. */
export type Presses = Record<"approve" | "reject" | "undo", ConsoleAction>;

export interface Reviewer {
  id: string;
  session: ConsoleClient;
  /** The web that this person's browser is on, and the other one. */
  webs: readonly [string, string];
  random: () => number;
}

/** So many of the oldest are what all reviewers look at: they get into each other's way. */
const IN_SIGHT = 30;
/** Before somebody looks again at what seems to be decided: somebody else may have taken it back. */
const PAUSE_MS = 50;

/**
 * One person who clears the inbox until nothing waits: approves, rejects, edits, double-clicks, presses both, and takes back. Refusals
 * are part of it; an answer that is none is thrown.
 */
export async function reviewAs(
  reviewer: Reviewer,
  presses: Presses,
  journal: Journal,
  over: AbortSignal,
): Promise<void> {
  const { random } = reviewer;
  while (!over.aborted) {
    if (journal.open.size === 0) await new Promise((resume) => setTimeout(resume, PAUSE_MS));
    const waiting = journal.open.size > 0 ? journal.open : journal.unlearned;
    const inSight = [...waiting.values()].slice(0, IN_SIGHT);
    const request = inSight[Math.floor(random() * inSight.length)];
    if (request) await decideAs(reviewer, presses, journal, request);
  }
}

async function decideAs(reviewer: Reviewer, presses: Presses, journal: Journal, request: Request): Promise<void> {
  const { random, webs } = reviewer;
  const press = (verb: keyof Presses, web: string, more: object = {}) =>
    pressAs(reviewer, presses, journal, request, verb, web, more);
  const approve = { comment: "As agreed." };
  const reject = { comment: "Not now." };
  const luck = random();
  if (luck < 0.12) await Promise.all([press("approve", webs[0], approve), press("approve", webs[1], approve)]);
  else if (luck < 0.22) await Promise.all([press("approve", webs[0], approve), press("reject", webs[1], reject)]);
  else if (luck < 0.4) await press("reject", webs[0], reject);
  else if (luck < 0.46) await press("approve", webs[0], { args: { ...request.args, amount: 50 } });
  else if (luck < 0.48) await press("approve", webs[0], { args: { ...request.args, amount: 5_000 } });
  else await press("approve", webs[0], approve);
  if (random() < 0.15) await press("undo", webs[1]);
}

async function pressAs(
  { id: by, session }: Reviewer,
  presses: Presses,
  journal: Journal,
  request: Request,
  verb: keyof Presses,
  web: string,
  more: object,
): Promise<void> {
  const { approvalId } = request;
  let settled = false;
  const code = await journal.press({ approvalId, verb, by }, async () => {
    const result = await session.act(web, presses[verb], { approvalId, ...more }).catch(connectionBroke);
    // What the console did not or could not answer may have been done or not.
    if (result === null) return undefined;
    if (!result.ok) return result.error.code === "internal" ? undefined : result.error.code;
    settled = (result.value as { state?: string } | null)?.state !== "pending";
    return null;
  });
  if (code === "approval_not_pending" || (code === null && settled)) journal.open.delete(approvalId);
  if (code === null && verb === "undo") journal.open.set(approvalId, request);
}

/** As when a connection that was kept open is closed at the moment of its next use; any other fault is one. */
function connectionBroke(cause: unknown): null {
  if (cause instanceof TypeError && cause.message === "fetch failed") return null;
  throw cause;
}
