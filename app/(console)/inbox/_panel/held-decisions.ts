"use client";
import type { Result } from "@/lib/kernel/result";

/** A decision of this person that can still be taken back. It is kept outside of the panel, which has moved on to the next item. */
export interface Held {
  key: string;
  /** Asks the server to take it back. */
  takeBack: () => Promise<Result<unknown>>;
  /** "Approved: Refund an order" */
  title: string;
  /** Milliseconds of this browser's clock. */
  until: number;
  /** Puts the item back into the list. */
  onReturn: (key: string) => void;
  /** The act that decided it together with others: the same object for all of them. */
  together?: Together;
}

/** One act upon many items. */
export interface Together {
  /** "Approved 12 requests" */
  title: string;
  /** Asks the server to take these back; gives back the keys of those that it did. */
  takeBack: (keys: readonly string[]) => Promise<readonly string[]>;
}

let held: readonly Held[] = [];

export function holdDecision(one: Held): void {
  held = [...held.filter((other) => other.key !== one.key && other.until > Date.now()), one];
}

export function dropHeld(key: string): void {
  held = held.filter((one) => one.key !== key);
}

/** The latest that can still be taken back. */
export function heldDecision(): Held | null {
  return held.findLast((one) => one.until > Date.now()) ?? null;
}

/** Those that were decided by the same act and can still be taken back, this one among them. */
export const heldWith = (one: Held): readonly Held[] =>
  held.filter(
    (other) => other.until > Date.now() && (other === one || (one.together && other.together === one.together)),
  );

/** How many can still be taken back. */
export const heldDecisions = (): number => held.filter((one) => one.until > Date.now()).length;

/** Decisions whose answers are on their way, each by the items that it is about, in the order in which they were made. */
let sent: readonly { keys: readonly string[]; answer: Promise<unknown> }[] = [];

/** Those of them that an undo waits for, too. */
let underWay = 0;

/** Who closes the tab now would believe decided what the server never heard of. */
const askBeforeLeaving = (event: Event): void => event.preventDefault();

/** A decision that was made and is not answered yet: an undo right after it is about this one, and waits for it. */
export function sendDecision(keys: readonly string[], answer: Promise<unknown>): void {
  const one = { keys, answer };
  const drop = () => {
    sent = sent.filter((other) => other !== one);
    underWay -= 1;
    if (underWay === 0) globalThis.removeEventListener?.("beforeunload", askBeforeLeaving);
  };
  sent = [...sent, one];
  if (underWay === 0) globalThis.addEventListener?.("beforeunload", askBeforeLeaving);
  underWay += 1;
  answer.then(drop, drop);
}

/** Whether this tab has decided something that it can take back, or will have, once it is answered. */
export const decidedLately = (): boolean => sent.length > 0 || heldDecision() !== null;

/**
 * What this tab decided last: of what is on its way the latest, once it is answered, and it alone, else the latest that can still be
 * taken back. `refused`: that one was not carried out, which has been said where it came back.
 */
export async function latestDecision(): Promise<Held | "refused" | null> {
  const last = sent.at(-1);
  if (last === undefined) return heldDecision();
  // The next undo is about the one before.
  sent = sent.filter((one) => one !== last);
  await last.answer.catch(() => undefined);
  return held.findLast((one) => last.keys.includes(one.key) && one.until > Date.now()) ?? "refused";
}
