import { reconnectDelayMs, topicsOf } from "./message";

export type LiveStatus = "connecting" | "live" | "reconnecting";

interface ConnectionHandlers {
  onStatus: (status: LiveStatus) => void;
  onTopics: (topics: readonly string[]) => void;
  /** The stream is open: what happened since the page was rendered, or during a break, has been missed. */
  onOpen: () => void;
  /** The server ended the stream, because its session is dead. Answers whether to connect again. */
  onEnd: () => Promise<boolean>;
  /** Events of other names, with their data as text. */
  events?: Readonly<Record<string, (data: string) => void>>;
}

/**
 * One event stream for the tab. A hidden tab gives its connection back, since browsers allow six to a host and people
 * keep many tabs. Returns what closes it.
 */
export function connect(
  url: string,
  { onStatus, onTopics, onOpen, onEnd, events = {} }: ConnectionHandlers,
): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let closed = false;

  const drop = () => {
    clearTimeout(retry);
    source?.close();
    source = undefined;
  };
  const open = () => {
    drop();
    const current = new EventSource(url);
    source = current;
    current.addEventListener("open", () => {
      attempt = 0;
      onStatus("live");
      onOpen();
    });
    current.addEventListener("message", (event) => onTopics(topicsOf(event.data)));
    for (const [name, hear] of Object.entries(events)) {
      current.addEventListener(name, (event) => {
        if (event instanceof MessageEvent && typeof event.data === "string") hear(event.data);
      });
    }
    current.addEventListener("end", () => {
      drop();
      onStatus("reconnecting");
      void onEnd().then((again) => again && !closed && open());
    });
    current.addEventListener("error", () => {
      // The browser's own retry gives up on any HTTP error; this one does not.
      drop();
      onStatus("reconnecting");
      retry = setTimeout(open, reconnectDelayMs(attempt, Math.random()));
      attempt += 1;
    });
  };
  const onVisibility = () => {
    if (document.hidden) drop();
    else if (source === undefined) open();
  };

  if (!document.hidden) open();
  document.addEventListener("visibilitychange", onVisibility);
  return () => {
    closed = true;
    document.removeEventListener("visibilitychange", onVisibility);
    drop();
  };
}
