import { approveApproval } from "@/lib/approvals/approve";
import { rejectApproval } from "@/lib/approvals/reject";
import { viewApproval } from "@/lib/approvals/view";
import type { CommandContext } from "@/lib/audit/change";
import { loadViewer } from "@/lib/auth/load-viewer";
import type { Dice } from "@/lib/demo/dice";
import { DEMO_LOGINS } from "@/lib/demo/login";
import { pause } from "@/lib/demo/pause";

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
  const [waiting, played] = await Promise.all([
    context.db.approval.findMany({
      where: {
        state: "pending",
        risk: { in: ["low", "medium"] },
        requestedAt: { lt: new Date(now.getTime() - WAITED_MS) },
        deadline: { gt: now },
      },
      orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
      take: CHOICE,
      select: { id: true, askedIds: true, excludedIds: true },
    }),
    context.db.person.findMany({
      where: { email: { notIn: DEMO_LOGINS.map((login) => login.email) }, status: "active" },
      select: { id: true, sessionEpoch: true },
    }),
  ]);
  const pairs = waiting.flatMap(({ id, askedIds, excludedIds }) =>
    played
      .filter((person) => askedIds.includes(person.id) && !excludedIds.includes(person.id))
      .map((person) => ({ approvalId: id, person })),
  );
  const chosen = pairs[dice.int(0, pairs.length - 1)];
  if (!chosen) return false;
  const { approvalId, person } = chosen;
  const viewer = await loadViewer(context, { personId: person.id, sessionEpoch: person.sessionEpoch });
  if (!viewer) return false;
  const opened = await viewApproval(viewer, { approvalId });
  if (!opened.ok) return false;
  await pause(dice.int(2, 20) * 1_000, signal);
  if (signal.aborted) return false;
  const decided = dice.chance(0.88)
    ? await approveApproval(viewer, { approvalId, seen: { openedAt: opened.value.firstAt } })
    : await rejectApproval(viewer, { approvalId, comment: dice.pick(NO) });
  return decided.ok;
}

/** Decides one thing after the other, with breaks, until the signal. Problems are told and do not end it. */
export async function reviewers(
  context: CommandContext,
  dice: Dice,
  signal: AbortSignal,
  onProblem: (cause: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    await pause(dice.int(8, 20) * 1_000, signal);
    try {
      if (!signal.aborted) await reviewOne(context, dice, signal);
    } catch (cause) {
      if (!signal.aborted) onProblem(cause);
    }
  }
}
