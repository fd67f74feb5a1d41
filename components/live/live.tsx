"use client";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, startTransition, use, useEffect, useRef, useState } from "react";
import { concerns } from "@/lib/kernel/topics";
import { connect, type LiveStatus } from "./connection";
import { debounced } from "./debounce";
import { sessionIsOver } from "./session-over";

const LIVE_URL = "/api/live";
/** A busy site has many events a second; a page renders anew at most every `LONGEST_MS`. */
const REST_MS = 300;
const LONGEST_MS = 2_000;

const StatusContext = createContext<LiveStatus>("connecting");
const SubscribeContext = createContext<(topics: readonly string[]) => () => void>(() => () => undefined);

/** Renders the page anew from the server when something changes that one of its components named by `useLive`. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [status, setStatus] = useState<LiveStatus>("connecting");
  const [wanted] = useState(() => new Set<readonly string[]>());
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
        if (concerns(topics, [...wanted].flat())) soon.call();
      },
    });
    return () => {
      close();
      soon.cancel();
    };
  }, [wanted]);
  const [subscribe] = useState(() => (topics: readonly string[]) => {
    wanted.add(topics);
    return () => wanted.delete(topics);
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
  useEffect(() => subscribe(key.split(" ")), [subscribe, key]);
}

/** The same for a server component: `<Live topics={["runs"]} />`. */
export function Live({ topics }: { topics: readonly string[] }) {
  useLive(topics);
  return null;
}

export function useLiveStatus(): LiveStatus {
  return use(StatusContext);
}
