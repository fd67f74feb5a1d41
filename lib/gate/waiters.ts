import type { Pool } from "pg";

import { gather, type ReadMany } from "@/lib/gate/gather";
import type { AppealAnswer } from "@/lib/gate/wire";

/** Notifications may be lost with their connection: what is waited for is looked at this often anyway, all of it with one statement. */
const SWEEP_MS = 4_000;
/** A notification that is only late comes before what a sweep has found. Together they are the longest that an answer may lie unnoticed. */
const GRACE_MS = 1_000;

/**
 * How an answer was found: at the first look or the last, by its notification, at the moment that had been set for it, after the
 * connection for notifications was lost, or by a sweep, which should never be needed.
 */
export type FoundBy = "first_look" | "notification" | "release" | "reconnect" | "sweep" | "last_look";

/** What is stored of one: whose it is, and what its run is told. */
export interface Known<Answer> {
  runId: string;
  answer: Answer;
  /** When the same rows give another answer, without a word: a decision is released. */
  changesAt?: Date | null;
  /** There is more to tell than the state, to who has not heard it: a question. */
  news?: boolean;
}

interface Waker {
  wake(by: FoundBy): void;
}

/** Agents that wait for a person: woken by the notification that the decision's transaction carries. */
export class Waiters<Answer extends { state: string }> {
  private readonly wakers = new Map<string, Set<Waker>>();
  private readonly look: (id: string) => Promise<Known<Answer> | null>;
  private sweeping: NodeJS.Timeout | null = null;

  constructor(
    /** The topic of one: `approval:` and its id. */
    private readonly topic: string,
    private readonly readMany: ReadMany<Known<Answer>>,
    /** Told of each that waited until it had its answer. */
    private readonly onAnswer: (by: FoundBy) => void = () => {},
  ) {
    this.look = gather(readMany);
  }

  get count(): number {
    let total = 0;
    for (const wakers of this.wakers.values()) total += wakers.size;
    return total;
  }

  /** Wakes whom these topics concern. */
  heard(topics: readonly string[]): void {
    for (const topic of topics) {
      if (topic === "*") for (const id of this.wakers.keys()) this.wake(id, "reconnect");
      else if (topic.startsWith(this.topic)) this.wake(topic.slice(this.topic.length), "notification");
    }
  }

  /**
   * That of this run, at once when it is no longer pending or says something that this caller waits for, else when that changes,
   * `waitMs` have passed or the caller has gone. Null: there is none.
   */
  async wait(
    id: string,
    runId: string,
    waitMs: number,
    gone: AbortSignal,
    tells: (answer: Answer) => boolean = () => false,
  ): Promise<Answer | null> {
    const until = Date.now() + waitMs;
    for (let by: FoundBy = "first_look"; ;) {
      // Listening begins before looking: a decision between the two wakes too.
      const waker = this.waker(id, gone);
      try {
        const known = await this.look(id);
        if (known?.runId !== runId) return null;
        const { answer, changesAt } = known;
        if (answer.state !== "pending") this.onAnswer(by);
        const leftMs = until - Date.now();
        if (answer.state !== "pending" || tells(answer) || leftMs <= 0 || gone.aborted) return answer;
        by = await waker.sleep(leftMs, changesAt ?? null);
      } finally {
        waker.stop();
      }
    }
  }

  private wake(id: string, by: FoundBy): void {
    this.wakers.get(id)?.forEach((waker) => waker.wake(by));
  }

  private waker(id: string, gone: AbortSignal) {
    let wake: (by: FoundBy) => void = () => {};
    const woken = new Promise<FoundBy>((resolve) => (wake = resolve));
    const wakers = this.wakers.get(id) ?? new Set();
    const own: Waker = { wake };
    const left = (): void => wake("last_look");
    this.wakers.set(id, wakers.add(own));
    this.sweeping ??= setInterval(() => void this.sweep(), SWEEP_MS);
    gone.addEventListener("abort", left);
    let timer: NodeJS.Timeout | null = null;
    return {
      sleep: (ms: number, changesAt: Date | null): Promise<FoundBy> => {
        const changesMs = changesAt === null ? Infinity : Math.max(1, changesAt.getTime() - Date.now());
        timer = changesMs < ms ? setTimeout(() => wake("release"), changesMs) : setTimeout(left, ms);
        return woken;
      },
      stop: (): void => {
        if (timer) clearTimeout(timer);
        gone.removeEventListener("abort", left);
        wakers.delete(own);
        if (wakers.size === 0 && this.wakers.get(id) === wakers) this.wakers.delete(id);
        if (this.wakers.size === 0 && this.sweeping) {
          clearInterval(this.sweeping);
          this.sweeping = null;
        }
      },
    };
  }

  /** Looks at everything that is waited for, and wakes what has moved without a word. A store that is away is asked again by the next one. */
  private async sweep(): Promise<void> {
    const found = await this.readMany([...this.wakers.keys()]).catch(() => null);
    if (!found) return;
    const isNew = ({ answer, changesAt, news }: Known<Answer>): boolean =>
      answer.state !== "pending" || news === true || (changesAt ?? null) !== null;
    const moved = [...found].filter(([, known]) => isNew(known)).map(([id]) => id);
    if (moved.length === 0) return;
    setTimeout(() => moved.forEach((id) => this.wake(id, "sweep")), GRACE_MS).unref();
  }
}

interface AppealRow {
  id: string;
  run_id: string;
  state: AppealAnswer["state"];
  outcome: "permit" | "change" | null;
  decided_at: Date | null;
  comment: string | null;
  approval_id: string | null;
  valid_until: Date | null;
}

export const appealWaiters = (pool: Pool): Waiters<AppealAnswer> =>
  new Waiters("appeal:", async (ids) => {
    const { rows } = await pool.query<AppealRow>({
      name: "appeal_states",
      text: `SELECT a.id, a.run_id, a.state, a.outcome, a.decided_at, a.comment, a.approval_id, p.valid_until
        FROM appeal a LEFT JOIN approval p ON p.id = a.approval_id WHERE a.id = ANY($1::uuid[])`,
      values: [ids],
    });
    return new Map(rows.map((row) => [row.id, { runId: row.run_id, answer: appealAnswer(row) }]));
  });

const appealAnswer = (row: AppealRow): AppealAnswer => ({
  appealId: row.id,
  state: row.state,
  ...(row.outcome && { outcome: row.outcome }),
  ...(row.decided_at && { decidedAt: row.decided_at.toISOString() }),
  ...(row.comment !== null && { comment: row.comment }),
  ...(row.approval_id !== null && { approvalId: row.approval_id }),
  ...(row.valid_until && { validUntil: row.valid_until.toISOString() }),
});
