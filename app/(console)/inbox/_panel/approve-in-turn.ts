"use client";
import { reaching } from "@/components/form/unreachable";
import { painted } from "@/components/ui/painted";
import { IN_TURN_MAX, type ApproveInput } from "@/lib/approvals/schemas";
import { fail } from "@/lib/kernel/result";
import type { approve } from "../actions";
import { approveThese } from "../actions";
import { makeInTurn } from "./in-turn";

interface Answered {
  result: Awaited<ReturnType<typeof approve>>;
  /** Until when it can be taken back, by this browser's clock; null: it cannot. However long it waited, the time is whole. */
  undoUntil: number | null;
}

/**
 * Approves with a single press. One request at a time is on its way; what is approved meanwhile goes together with the next, so that
 * whoever decides faster than the connection answers is never more than two of them ahead. Where the server leads elsewhere (to sign in,
 * say) it throws, and what is approved after that is sent all the same.
 */
export const approveInTurn = makeInTurn<ApproveInput, Answered>({
  send: sendThese,
  // The next item first: server and page share the machine, or the network, with what shows it.
  ready: painted,
  most: IN_TURN_MAX,
});

async function sendThese(approvals: readonly ApproveInput[]): Promise<Answered[]> {
  const results = await reaching(() => approveThese({ approvals: [...approvals] }));
  const now = Date.now();
  return approvals.map((_, at) => {
    const answered = results.ok ? (results.value[at] ?? { one: LOST, undoMs: null }) : { one: results, undoMs: null };
    return { result: answered.one, undoUntil: answered.undoMs === null ? null : now + answered.undoMs };
  });
}

const LOST = fail("internal", "There was no answer for this one. Reload to see whether it was approved.");
