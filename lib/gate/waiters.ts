import type { Pool } from "pg";

import type { AppealAnswer, ApprovalAnswer } from "@/lib/gate/wire";
import type { JsonObject } from "@/lib/kernel/json";

/** Notifications may be lost with their connection: whoever waits looks again this often anyway. */
const RECHECK_MS = 5_000;

const asleep = (): void => {};

/** Agents that wait for a person: woken by the notification that the decision's transaction carries. */
export class Waiters<Answer extends { state: string }> {
  private readonly wakers = new Map<string, Set<() => void>>();

  constructor(
    /** The topic of one: `approval:` and its id. */
    private readonly topic: string,
    /** What is known of it; null when this run has no such. */
    private readonly read: (id: string, runId: string) => Promise<Answer | null>,
  ) {}

  get count(): number {
    let total = 0;
    for (const wakers of this.wakers.values()) total += wakers.size;
    return total;
  }

  /** Wakes whom these topics concern. */
  heard(topics: readonly string[]): void {
    for (const topic of topics) {
      if (topic === "*") for (const wakers of this.wakers.values()) wakers.forEach((wake) => wake());
      else if (topic.startsWith(this.topic)) this.wakers.get(topic.slice(this.topic.length))?.forEach((wake) => wake());
    }
  }

  /** That of this run, at once when it is no longer pending, else when that changes, `waitMs` have passed or the caller has gone. Null: there is none. */
  async wait(id: string, runId: string, waitMs: number, gone: AbortSignal): Promise<Answer | null> {
    const until = Date.now() + waitMs;
    for (;;) {
      // Listening begins before looking: a decision between the two wakes too.
      const waker = this.waker(id, gone);
      try {
        const answer = await this.read(id, runId);
        const leftMs = until - Date.now();
        if (!answer || answer.state !== "pending" || leftMs <= 0 || gone.aborted) return answer;
        await waker.sleep(Math.min(leftMs, RECHECK_MS));
      } finally {
        waker.stop();
      }
    }
  }

  private waker(id: string, gone: AbortSignal) {
    let wake: () => void = asleep;
    const woken = new Promise<void>((resolve) => (wake = resolve));
    const wakers = this.wakers.get(id) ?? new Set();
    this.wakers.set(id, wakers.add(wake));
    gone.addEventListener("abort", wake);
    let timer: NodeJS.Timeout | null = null;
    return {
      sleep: (ms: number): Promise<void> => {
        timer = setTimeout(wake, ms);
        return woken;
      },
      stop: (): void => {
        if (timer) clearTimeout(timer);
        gone.removeEventListener("abort", wake);
        wakers.delete(wake);
        if (wakers.size === 0 && this.wakers.get(id) === wakers) this.wakers.delete(id);
      },
    };
  }
}

interface ApprovalRow {
  state: ApprovalAnswer["state"];
  deadline: Date;
  decided_at: Date | null;
  valid_until: Date | null;
  comment: string | null;
  args: JsonObject;
}

export const approvalWaiters = (pool: Pool): Waiters<ApprovalAnswer> =>
  new Waiters("approval:", async (id, runId) => {
    const { rows } = await pool.query<ApprovalRow>({
      name: "approval_state",
      text: "SELECT state, deadline, decided_at, valid_until, comment, args FROM approval WHERE id = $1 AND run_id = $2",
      values: [id, runId],
    });
    const row = rows[0];
    if (!row) return null;
    return {
      state: row.state,
      deadline: row.deadline.toISOString(),
      ...(row.decided_at && { decidedAt: row.decided_at.toISOString() }),
      ...(row.valid_until && { validUntil: row.valid_until.toISOString() }),
      ...(row.comment !== null && { comment: row.comment }),
      ...(row.state === "approved" && { args: row.args }),
    };
  });

interface AppealRow {
  state: AppealAnswer["state"];
  outcome: "permit" | "change" | null;
  decided_at: Date | null;
  comment: string | null;
  approval_id: string | null;
  valid_until: Date | null;
}

export const appealWaiters = (pool: Pool): Waiters<AppealAnswer> =>
  new Waiters("appeal:", async (id, runId) => {
    const { rows } = await pool.query<AppealRow>({
      name: "appeal_state",
      text: `SELECT a.state, a.outcome, a.decided_at, a.comment, a.approval_id, p.valid_until
        FROM appeal a LEFT JOIN approval p ON p.id = a.approval_id WHERE a.id = $1 AND a.run_id = $2`,
      values: [id, runId],
    });
    const row = rows[0];
    if (!row) return null;
    return {
      appealId: id,
      state: row.state,
      ...(row.outcome && { outcome: row.outcome }),
      ...(row.decided_at && { decidedAt: row.decided_at.toISOString() }),
      ...(row.comment !== null && { comment: row.comment }),
      ...(row.approval_id !== null && { approvalId: row.approval_id }),
      ...(row.valid_until && { validUntil: row.valid_until.toISOString() }),
    };
  });
