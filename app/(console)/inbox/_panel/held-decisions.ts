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

let sending: Promise<unknown> = Promise.resolve();

/** A decision whose answer is on its way, so that an undo right after it does not come too early. */
export function sendDecision(answer: Promise<unknown>): void {
  sending = Promise.allSettled([sending, answer]);
}

/** Once every decision that was sent has been answered. */
export const decisionsSent = (): Promise<unknown> => sending;
