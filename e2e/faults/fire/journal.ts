import type { Call, Look, Press, Use } from "@/e2e/faults/fire/history";

/** One request of an agent, as the gate acknowledged it. */
export interface Request {
  approvalId: string;
  runId: string;
  action: string;
  args: { amount: number; id: string };
  /** Somebody whom it may not be decided by, because the run acts for them. */
  excluded: string | null;
}

/** What all clients write down while they work, and what reviewers find in their inbox. */
export class Journal {
  readonly requests: Request[] = [];
  readonly calls: Call[] = [];
  /** What reviewers still see as waiting. */
  readonly open = new Map<string, Request>();
  /** Of which no run has learned the answer. */
  readonly unlearned = new Map<string, Request>();

  asked(request: Request): void {
    this.requests.push(request);
    this.open.set(request.approvalId, request);
    this.unlearned.set(request.approvalId, request);
  }

  learned({ approvalId }: Request): void {
    this.open.delete(approvalId);
    this.unlearned.delete(approvalId);
  }

  get answered(): number {
    return this.requests.length - this.unlearned.size;
  }

  /** A call and what came of it: a code, null when it was done, undefined when that is not known. */
  async press(
    of: Omit<Press, "kind" | "fromMs" | "toMs" | "code">,
    call: () => Promise<string | null | undefined>,
  ): Promise<string | null | undefined> {
    const fromMs = Date.now();
    const code = await call();
    this.calls.push({ kind: "press", ...of, fromMs, toMs: code === undefined ? Infinity : Date.now(), code });
    return code;
  }

  look(look: Omit<Look, "kind" | "toMs">): void {
    this.calls.push({ kind: "look", ...look, toMs: Date.now() });
  }

  use(use: Omit<Use, "kind" | "toMs">): void {
    this.calls.push({ kind: "use", ...use, toMs: Date.now() });
  }
}
