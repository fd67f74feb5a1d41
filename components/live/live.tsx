"use client";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, startTransition, use, useEffect, useRef, useState } from "react";
import { concerns } from "@/lib/kernel/topics";
import { connect, type LiveStatus } from "./connection";
import { debounced } from "./debounce";
import { withoutQuiet } from "./quiet";
import { sessionIsOver } from "./session-over";

const LIVE_URL = "/api/live";
/** A busy site has many events a second; a page renders anew at most every `LONGEST_MS`. */
const REST_MS = 300;
const LONGEST_MS = 2_000;

const StatusContext = createContext<LiveStatus>("connecting");
const SubscribeContext = createContext<(listener: Listener) => () => void>(() => () => undefined);

interface Listener {
  topics: readonly string[];
  /** What is done instead of rendering the page anew; absent: that. */
  onTopics?: ((heard: readonly string[]) => void) | undefined;
  /** The page keeps what these are about fresh by itself: no other listener has it rendered anew for them. */
  quiet?: boolean;
}

/** Renders the page anew from the server when something changes that one of its components named by `useLive`. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [status, setStatus] = useState<LiveStatus>("connecting");
  const [listeners] = useState(() => new Set<Listener>());
  const refresh = useRef(() => undefined as void);
  useEffect(() => {
    refresh.current = () => startTransition(() => router.refresh());
  });
  useEffect(() => {
    const soon = debounced(() => refresh.current(), REST_MS, LONGEST_MS);
    const close = connect(LIVE_URL, {
      onStatus: setStatus,
      onOpen: soon.call,
      onEnd: async () => {
        if (!(await sessionIsOver(LIVE_URL))) return true;
        window.location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
        return false;
      },
      onTopics: (topics) => {
        const all = [...listeners];
        for (const { topics: wanted, onTopics } of all) if (onTopics && concerns(topics, wanted)) onTopics(topics);
        const quiet = new Set(all.flatMap((listener) => (listener.quiet === true ? listener.topics : [])));
        const wanted = all.flatMap((listener) => (listener.onTopics || listener.quiet === true ? [] : listener.topics));
        if (concerns(withoutQuiet(topics, quiet), wanted)) soon.call();
      },
    });
    return () => {
      close();
      soon.cancel();
    };
  }, [listeners]);
  const [subscribe] = useState(() => (listener: Listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  });
  return (
    <SubscribeContext value={subscribe}>
      <StatusContext value={status}>{children}</StatusContext>
    </SubscribeContext>
  );
}

/** Keeps what is on the page fresh while the calling component is mounted: `useLive(["runs", "approvals"])`. */
export function useLive(topics: readonly string[]): void {
  const subscribe = use(SubscribeContext);
  const key = topics.join(" ");
  useEffect(() => subscribe({ topics: key.split(" ") }), [subscribe, key]);
}

/** Calls back with what was heard when it concerns one of these topics, instead of rendering the page anew. */
export function useTopics(topics: readonly string[], onTopics: (heard: readonly string[]) => void): void {
  const subscribe = use(SubscribeContext);
  const latest = useRef(onTopics);
  useEffect(() => {
    latest.current = onTopics;
  });
  const key = topics.join(" ");
  useEffect(() => subscribe({ topics: key.split(" "), onTopics: (heard) => latest.current(heard) }), [subscribe, key]);
}

/**
 * While the calling component is mounted, nothing on the page is rendered anew because of these topics: it keeps itself up to
 * date, with less.
 */
export function useQuiet(topics: readonly string[]): void {
  const subscribe = use(SubscribeContext);
  const key = topics.join(" ");
  useEffect(() => subscribe({ topics: key.split(" "), quiet: true }), [subscribe, key]);
}

/** The same for a server component: `<Live topics={["runs"]} />`. */
export function Live({ topics }: { topics: readonly string[] }) {
  useLive(topics);
  return null;
}

export function useLiveStatus(): LiveStatus {
  return use(StatusContext);
}
