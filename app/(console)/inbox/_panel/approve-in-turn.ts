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

interface Waiting {
  input: ApproveInput;
  answer: (answered: Answered) => void;
  fail: (cause: unknown) => void;
}

let waiting: readonly Waiting[] = [];
let sending = false;

/**
 * Approves with a single press. One request at a time is on its way; what is approved meanwhile goes together with the next, so that
 * whoever decides faster than the connection answers is never more than two of them ahead.
 */
export function approveInTurn(input: ApproveInput): Promise<Answered> {
  return new Promise((resolve, reject) => {
    waiting = [...waiting, { input, answer: resolve, fail: reject }];
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
    try {
      await sendThese(these);
    } catch (cause) {
      // Where the server leads elsewhere (to sign in, say): what is sent next must not wait for these for ever.
      for (const { fail: failed } of these) failed(cause);
    }
  }
  sending = false;
}

async function sendThese(these: readonly Waiting[]): Promise<void> {
  const results = await reaching(() => approveThese({ approvals: these.map(({ input }) => input) }));
  const now = Date.now();
  for (const [at, { answer }] of these.entries()) {
    const answered = results.ok ? (results.value[at] ?? { one: LOST, undoMs: null }) : { one: results, undoMs: null };
    answer({ result: answered.one, undoUntil: answered.undoMs === null ? null : now + answered.undoMs });
  }
}

const LOST = fail("internal", "There was no answer for this one. Reload to see whether it was approved.");
