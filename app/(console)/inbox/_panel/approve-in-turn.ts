"use client";
import { reaching } from "@/components/form/unreachable";
import { painted } from "@/components/ui/painted";
import { IN_TURN_MAX, type ApproveInput } from "@/lib/approvals/schemas";
import { fail } from "@/lib/kernel/result";
import type { approve } from "../actions";
import { approveThese } from "../actions";

interface Answered {
  result: Awaited<ReturnType<typeof approve>>;
  /** Until when it can be taken back, by this browser's clock; null: it cannot. However long it waited, the time is whole. */
  undoUntil: number | null;
}

let waiting: readonly { input: ApproveInput; answer: (answered: Answered) => void }[] = [];
let sending = false;

/**
 * Approves with a single press. One request at a time is on its way; what is approved meanwhile goes together with the next, so that
 * whoever decides faster than the connection answers is never more than two of them ahead.
 */
export function approveInTurn(input: ApproveInput): Promise<Answered> {
  return new Promise((resolve) => {
    waiting = [...waiting, { input, answer: resolve }];
    void send();
  });
}

async function send(): Promise<void> {
  if (sending) return;
  sending = true;
  while (waiting.length > 0) {
    // The next item first: server and page share the machine, or the network, with what shows it.
    await painted();
    const these = waiting.slice(0, IN_TURN_MAX);
    waiting = waiting.slice(IN_TURN_MAX);
    const results = await reaching(() => approveThese({ approvals: these.map(({ input }) => input) }));
    const now = Date.now();
    for (const [at, { answer }] of these.entries()) {
      const answered = results.ok ? (results.value[at] ?? { one: LOST, undoMs: null }) : { one: results, undoMs: null };
      answer({ result: answered.one, undoUntil: answered.undoMs === null ? null : now + answered.undoMs });
    }
  }
  sending = false;
}

const LOST = fail("internal", "There was no answer for this one. Reload to see whether it was approved.");
