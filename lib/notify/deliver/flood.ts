/** What is counted together: messages of one kind and urgency to one address. */
export interface Stream {
  channel: "email" | "chat";
  /** The person's id, or the webhook's of a chat that is nobody's own. */
  address: string;
  kind: string;
  urgent: boolean;
}

/** How far back messages are counted. */
export const FLOOD_WINDOW_MS = 10 * 60_000;
/** Messages of one kind that go out by themselves within the window; of urgent ones more, because each may be what wakes somebody. */
export const ALONE_MAX = { calm: 5, urgent: 20 } as const;
/** How often what goes beyond that leaves, together. */
export const BUNDLE_EVERY_MS = { calm: 10 * 60_000, urgent: 60_000 } as const;

/**
 * When a message leaves together with others of its kind; null while it may go by itself. Bundles leave at fixed times of the clock, so that
 * whatever is planned between two of them, by whichever worker, goes into one.
 */
export function bundleTime(sentAlone: number, urgent: boolean, now: Date): Date | null {
  const of = urgent ? "urgent" : "calm";
  if (sentAlone < ALONE_MAX[of]) return null;
  const every = BUNDLE_EVERY_MS[of];
  return new Date((Math.floor(now.getTime() / every) + 1) * every);
}

/** Counts messages as they are planned, beginning with those that went out lately. */
export class FloodGate {
  readonly #alone: Map<string, number>;

  constructor(lately: readonly (Stream & { count: number })[]) {
    this.#alone = new Map(lately.map((one) => [keyOf(one), one.count]));
  }

  /** When the next message of the stream leaves: now, by itself, or with a bundle. */
  next(stream: Stream, now: Date): { dueAt: Date; digest: boolean } {
    const key = keyOf(stream);
    const alone = this.#alone.get(key) ?? 0;
    const later = bundleTime(alone, stream.urgent, now);
    if (later !== null) return { dueAt: later, digest: true };
    this.#alone.set(key, alone + 1);
    return { dueAt: now, digest: false };
  }
}

const keyOf = ({ channel, address, kind, urgent }: Stream): string => `${channel} ${address} ${kind} ${urgent}`;
