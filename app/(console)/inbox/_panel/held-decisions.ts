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

/** How many can still be taken back. */
export const heldDecisions = (): number => held.filter((one) => one.until > Date.now()).length;

/** Decisions whose answers are on their way, each by the items that it is about, in the order in which they were made. */
let sent: readonly { keys: readonly string[]; answer: Promise<unknown> }[] = [];

/** A decision that was made and is not answered yet: an undo right after it is about this one, and waits for it. */
export function sendDecision(keys: readonly string[], answer: Promise<unknown>): void {
  const one = { keys, answer };
  const drop = () => {
    sent = sent.filter((other) => other !== one);
  };
  sent = [...sent, one];
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
