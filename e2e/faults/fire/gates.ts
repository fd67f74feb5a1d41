import { call, type Answer, type Call } from "@/e2e/api/http";

const PATIENCE_MS = 30_000;
const PAUSE_MS = 25;

/** Two gates as a balancer shows them: a call that breaks, or finds none ready, goes to the other, with the same content and key. */
export class Gates {
  constructor(private readonly urls: readonly string[]) {}

  /** `first` is where a call is sent first: callers are spread by a number of their own. `sentMs` is when the one that was answered was sent. */
  async call(first: number, method: "GET" | "POST", path: string, content: Call): Promise<Answer & { sentMs: number }> {
    for (let turn = first, sinceMs = Date.now(); ; turn++) {
      const url = this.urls[turn % this.urls.length] ?? "";
      const sentMs = Date.now();
      const answer = await call(url, method, path, content).catch(() => null);
      if (answer && answer.status !== 503) return { ...answer, sentMs };
      // A long poll that broke had a gate until then.
      if (Date.now() - sentMs > PAUSE_MS * 10) sinceMs = Date.now();
      if (Date.now() - sinceMs > PATIENCE_MS) throw new Error(`${method} ${path}: no gate answers`);
      await new Promise((resume) => setTimeout(resume, PAUSE_MS));
    }
  }
}
