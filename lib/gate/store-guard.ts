import { unavailable } from "@/lib/gate/problem";

/** After this silence the store is asked whether it is there; it has as long again to answer. Together below the 250 ms that are promised. */
const SILENCE_MS = 110;

/**
 * Waits for work on the store as long as the store shows that it lives. Work may be long; a store that is frozen or gone is told
 * at once, without a limit that a busy machine would hit.
 */
export class StoreGuard {
  private probing: Promise<boolean> | null = null;

  /** `ping` asks the store on a connection that no work queues for. */
  constructor(private readonly ping: () => Promise<void>) {}

  /** @throws Problem `unavailable` when the store is silent. Errors of the work as they come. */
  async wait<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const silent = new Promise<never>((_resolve, reject) => {
      const look = (): void => {
        timer = setTimeout(() => {
          void this.probe().then((alive) => (alive ? look() : reject(unavailable())));
        }, SILENCE_MS);
      };
      look();
    });
    try {
      return await Promise.race([work, silent]);
    } finally {
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
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), SILENCE_MS)));
    const answer = this.ping().then(
      () => true,
      () => false,
    );
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }
}
