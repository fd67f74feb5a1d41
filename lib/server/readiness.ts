import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 50;
const TRY_MS = 30_000;

/** Resolves when the address answers with an accepted status; every try may itself take long, as a first page does in development. */
export async function untilAnswers(
  url: string,
  accepts: (status: number) => boolean,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const status = await statusOf(url, signal);
    if (status !== undefined && accepts(status)) return;
    await delay(POLL_MS, undefined, { signal });
  }
}

async function statusOf(url: string, signal: AbortSignal): Promise<number | undefined> {
  try {
    const response = await fetch(url, {
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TRY_MS)]),
    });
    // Read to its end: a connection with half an answer would keep the server from closing.
    await response.arrayBuffer();
    return response.status;
  } catch {
    return undefined;
  }
}
