import type { CommandContext } from "@/lib/audit/change";
import { takeOne } from "@/lib/demo/act-as";
import type { Dice } from "@/lib/demo/dice";
import { pause } from "@/lib/demo/pause";
import { acceptReview } from "@/lib/reviews/accept";
import { rollBackReview } from "@/lib/reviews/roll-back";

/** What was done less long ago is left alone: a newcomer should find something to look at. */
const WAITED_MS = 90_000;
/** Of those that wait, the oldest this many are chosen from. */
const CHOICE = 20;

const WHY_NOT: readonly [string, ...string[]] = [
  "That is not what was agreed.",
  "Too early: the season has not begun.",
  "The source was out of date.",
];

/**
 * Somebody of the demo's cast looks at one thing that an agent did, and lets it stand or has it undone, by the commands of the console. High risk
 * is left to the newcomer. Returns whether anything was decided.
 */
export async function lookBackOne(context: CommandContext, dice: Dice, signal: AbortSignal): Promise<boolean> {
  const now = context.clock.now();
  const waiting = await context.db.review.findMany({
    where: {
      state: "waiting",
      risk: { in: ["low", "medium"] },
      createdAt: { lt: new Date(now.getTime() - WAITED_MS) },
      deadline: { gt: now },
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: CHOICE,
    select: { id: true, askedIds: true, excludedIds: true },
  });
  const taken = await takeOne(context, waiting, dice);
  if (!taken) return false;
  const { id: reviewId, viewer } = taken;
  await pause(dice.int(2, 8) * 1_000, signal);
  if (signal.aborted) return false;
  // What cannot be undone stands.
  const undone = dice.chance(0.1) && (await rollBackReview(viewer, { reviewId, reason: dice.pick(WHY_NOT) })).ok;
  return undone || (await acceptReview(viewer, { reviewId })).ok;
}
