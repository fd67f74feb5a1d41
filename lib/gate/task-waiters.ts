/** Notifications may be lost with their connection: who waits looks again this often anyway. */
const RECHECK_MS = 5_000;

/** Agents' software that waits for a task: woken by the notification of the order, and when what is open becomes free. */
export class TaskWaiters {
  private readonly wakers = new Map<string, Set<() => void>>();

  /** Wakes whom these topics concern: `task:<agent>`. */
  heard(topics: readonly string[]): void {
    for (const topic of topics) {
      if (topic === "*") for (const wakers of this.wakers.values()) wakers.forEach((wake) => wake());
      else if (topic.startsWith("task:")) this.wakers.get(topic.slice(5))?.forEach((wake) => wake());
    }
  }

  /** Calls `take` until it takes something (not null), `waitMs` have passed or the caller has gone. `nextAt`: when there may be something to take. */
  async wait<T>(
    agentId: string,
    waitMs: number,
    gone: AbortSignal,
    { take, nextAt }: { take(): Promise<T | null>; nextAt(): Promise<Date | null> },
  ): Promise<T | null> {
    const until = Date.now() + waitMs;
    for (;;) {
      // Listening begins before looking: an order between the two wakes too.
      const waker = this.waker(agentId, gone);
      try {
        const at = await nextAt();
        const dueMs = at === null ? Number.POSITIVE_INFINITY : at.getTime() - Date.now();
        const taken = dueMs <= 0 ? await take() : null;
        const leftMs = until - Date.now();
        if (taken !== null || leftMs <= 0 || gone.aborted) return taken;
        // Somebody else took what was there: their lease says when to look again.
        await waker.sleep(Math.min(leftMs, RECHECK_MS, dueMs <= 0 ? 100 : dueMs));
      } finally {
        waker.stop();
      }
    }
  }

  private waker(agentId: string, gone: AbortSignal) {
    let wake = (): void => {};
    const woken = new Promise<void>((resolve) => (wake = resolve));
    const wakers = this.wakers.get(agentId) ?? new Set();
    this.wakers.set(agentId, wakers.add(wake));
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
        if (wakers.size === 0 && this.wakers.get(agentId) === wakers) this.wakers.delete(agentId);
      },
    };
  }
}
