import type { Admission } from "@/lib/budgets/rate";
import type { ApprovalClaim } from "@/lib/decisions/types";
import type { RunEntry } from "@/lib/gate/run-entry";
import { unavailable, type Problem } from "@/lib/gate/problem";
import type { DecisionRequest } from "@/lib/gate/wire";

/** One authorisation request on its way: who asks, for what, since when. */
export interface Asked {
  entry: RunEntry;
  request: DecisionRequest;
  /** The JSON text of the arguments, as it will be stored. */
  argsText: string;
  argsHash: Buffer;
  /** The idempotency key and the hash of the request's content, or neither. */
  key: string | null;
  requestHash: Buffer | null;
  /** As `Request.approval`: undefined names none, null names one that does not exist. */
  claim: ApprovalClaim | null | undefined;
  /** What the shared bucket of its agent said; null: it has not been asked, or there is none. */
  agentRate: Admission | null;
}

/** A request in a lane. It is answered once; an answer that comes later, when the caller has been told to try again, is dropped. */
export class Waiting implements Asked {
  readonly entry: RunEntry;
  readonly request: DecisionRequest;
  readonly argsText: string;
  readonly argsHash: Buffer;
  readonly key: string | null;
  readonly requestHash: Buffer | null;
  claim: ApprovalClaim | null | undefined;
  agentRate: Admission | null;
  /** How often it was evaluated. */
  attempts = 0;
  /** The text of the answer, or why there is none. */
  readonly answer: Promise<string | Problem>;
  private settle: ((outcome: string | Problem) => void) | null = null;

  constructor(
    asked: Asked,
    readonly arrivedMs: number,
  ) {
    this.entry = asked.entry;
    this.request = asked.request;
    this.argsText = asked.argsText;
    this.argsHash = asked.argsHash;
    this.key = asked.key;
    this.requestHash = asked.requestHash;
    this.claim = asked.claim;
    this.agentRate = asked.agentRate;
    this.answer = new Promise((resolve) => (this.settle = resolve));
  }

  get answered(): boolean {
    return this.settle === null;
  }

  resolve(outcome: string | Problem): void {
    this.settle?.(outcome);
    this.settle = null;
  }

  giveUp(): void {
    this.resolve(unavailable());
  }
}
