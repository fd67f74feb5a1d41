import { unavailable } from "@/lib/gate/problem";

/**
 * Waits for work on the store as long as the store shows that it lives. Work may be long; a store that is frozen or gone is told
 * at once, without a limit that a busy machine would hit.
 */
export class StoreGuard {
  /** After this silence the store is asked whether it is there; it has as long again to answer. */
  private readonly silenceMs: number;
  private probing: Promise<boolean> | null = null;

  /** `ping` asks the store on a connection that no work queues for. */
  constructor(
    private readonly ping: () => Promise<void>,
    deadlineMs: number,
  ) {
    this.silenceMs = Math.floor(deadlineMs / 2);
  }

  /** @throws Problem `unavailable` when the store is silent. Errors of the work as they come. */
  async wait<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    let done = false;
    const silent = new Promise<never>((_resolve, reject) => {
      const look = (): void => {
        if (done) return;
        timer = setTimeout(() => {
          void this.probe().then((alive) => (alive ? look() : reject(unavailable())));
        }, this.silenceMs);
      };
      look();
    });
    try {
      return await Promise.race([work, silent]);
    } finally {
      done = true;
      clearTimeout(timer);
      work.catch(() => {});
      silent.catch(() => {});
    }
  }

  private probe(): Promise<boolean> {
    this.probing ??= this.ask().finally(() => (this.probing = null));
    return this.probing;
  }

  private async ask(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), this.silenceMs)));
    const answer = this.ping().then(
      () => true,
      () => false,
    );
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }
}
