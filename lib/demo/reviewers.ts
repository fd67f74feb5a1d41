import { approveApproval } from "@/lib/approvals/approve";
import { rejectApproval } from "@/lib/approvals/reject";
import { viewApproval } from "@/lib/approvals/view";
import type { CommandContext } from "@/lib/audit/change";
import { takeOne } from "@/lib/demo/act-as";
import type { Dice } from "@/lib/demo/dice";
import { lookBackOne } from "@/lib/demo/look-back";
import { pause } from "@/lib/demo/pause";
import { wishForPromotion } from "@/lib/demo/promotion-wish";

/** What has waited less is left alone: a newcomer should find something in the inbox. */
const WAITED_MS = 25_000;
/** Of those that wait, the newest this many are chosen from. */
const CHOICE = 20;

const NO: readonly [string, ...string[]] = [
  "The amount does not match the order.",
  "Ask the customer first.",
  "This was done already.",
];

/**
 * Somebody of the demo's cast whom no newcomer signs in as takes one approval that they are asked for, looks at it for a while, and decides,
 * by the commands of the console. High risk is left to the newcomer. Returns whether anything was decided.
 */
export async function reviewOne(context: CommandContext, dice: Dice, signal: AbortSignal): Promise<boolean> {
  const now = context.clock.now();
  const waiting = await context.db.approval.findMany({
    where: {
      state: "pending",
      risk: { in: ["low", "medium"] },
      requestedAt: { lt: new Date(now.getTime() - WAITED_MS) },
      deadline: { gt: now },
    },
    orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
    take: CHOICE,
    select: { id: true, askedIds: true, excludedIds: true },
  });
  const taken = await takeOne(context, waiting, dice);
  if (!taken) return false;
  const { id: approvalId, viewer } = taken;
  const opened = await viewApproval(viewer, { approvalId });
  if (!opened.ok) return false;
  await pause(dice.int(2, 20) * 1_000, signal);
  if (signal.aborted) return false;
  const decided = dice.chance(0.88)
    ? await approveApproval(viewer, { approvalId, seen: { openedAt: opened.value.firstAt } })
    : await rejectApproval(viewer, { approvalId, comment: dice.pick(NO) });
  return decided.ok;
}

/** The cast at its desks: decides one thing after the other and looks back at what was done, with breaks, until the signal. Problems are told and do not end it. */
export async function reviewers(
  context: CommandContext,
  dice: Dice,
  signal: AbortSignal,
  onProblem: (cause: unknown) => void,
): Promise<void> {
  const often = async (least: number, most: number, act: () => Promise<unknown>) => {
    while (!signal.aborted) {
      await pause(dice.int(least, most) * 1_000, signal);
      try {
        if (!signal.aborted) await act();
      } catch (cause) {
        if (!signal.aborted) onProblem(cause);
      }
    }
  };
  await Promise.all([
    often(8, 20, () => reviewOne(context, dice, signal)),
    often(4, 12, () => lookBackOne(context, dice, signal)),
    often(20, 40, () => wishForPromotion(context)),
  ]);
}
