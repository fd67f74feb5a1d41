import type { Seen } from "@/lib/approvals/schemas";
import { fail } from "@/lib/kernel/result";

/** What the server knows of how a person came to their approval. */
interface Shown {
  risk: "low" | "medium" | "high";
  /** Hex: what may be redeemed at this moment. */
  argsHash: string;
  /** Hex: what the agent asked for. */
  askedArgsHash: string;
  editedById: string | null;
  editedAt: Date | null;
  /** When this person first had the evidence before them; null: never. */
  firstAt: Date | null;
}

/**
 * Why an approval is refused for how it came about, or null. High risk: the person has confirmed what is shown, and had it before
 * them for so many seconds by the server's clock, counted anew when somebody edited the arguments. Any risk: what somebody else has
 * edited is approved only by who says which arguments they saw.
 */
export function seenFault(
  shown: Shown,
  seen: Seen | undefined,
  by: string,
  now: Date,
  minimumSeconds: { high: number },
): ReturnType<typeof fail> | null {
  const editedByOther = shown.argsHash !== shown.askedArgsHash && shown.editedById !== by;
  if (seen?.argsHash !== undefined ? seen.argsHash !== shown.argsHash : editedByOther)
    return fail(
      "approval_changed",
      "Somebody has edited the arguments meanwhile. Look at them again.",
      "seen.argsHash",
    );
  if (shown.risk !== "high") return null;
  if (seen?.confirmed !== true)
    return fail("confirmation_required", "This is high risk: confirm what is shown.", "seen.confirmed");
  const waitMs = minimumSeconds.high * 1_000 - viewedMs(shown, by, now);
  if (waitMs <= 0) return null;
  const wait = Math.ceil(waitMs / 1_000);
  return fail(
    "confirmation_required",
    `Take ${wait} more ${wait === 1 ? "second" : "seconds"} for the evidence.`,
    "seen.openedAt",
  );
}

/** How long the person has had what they decide upon before them. */
function viewedMs({ firstAt, editedAt, editedById }: Shown, by: string, now: Date): number {
  if (firstAt === null) return 0;
  const from =
    editedAt !== null && editedById !== by ? Math.max(editedAt.getTime(), firstAt.getTime()) : firstAt.getTime();
  return now.getTime() - from;
}

/** Whole seconds from the first look to the decision; null when there was none. */
export const secondsSpent = (firstAt: Date | null, now: Date): number | null =>
  firstAt === null ? null : Math.max(0, Math.round((now.getTime() - firstAt.getTime()) / 1_000));
