"use client";
import { useEffect, useRef } from "react";
import { connect } from "@/components/live/connection";
import { sessionIsOver } from "@/components/live/session-over";
import type { InboxNumbers, ItemChanges } from "@/lib/inbox/live-items";

const LIVE_URL = "/inbox/live";
/** When nobody knows what changed, many inboxes look anew; not all in the same moment. */
const SPREAD_MS = 700;

interface InboxLiveHandlers {
  onItems: (changes: ItemChanges) => void;
  onNumbers: (numbers: InboxNumbers) => void;
  /** What happened is not known: look at everything. */
  onEverything: () => void;
}

/** Hears what changes in this person's inbox, as data; see lib/inbox/live-items.ts. */
export function useInboxLive(handlers: InboxLiveHandlers): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        latest.current.onEverything();
      }, Math.random() * SPREAD_MS);
    };
    const close = connect(LIVE_URL, {
      onStatus: () => undefined,
      onTopics: () => undefined,
      onOpen: look,
      onEnd: async () => !(await sessionIsOver(LIVE_URL)),
      events: {
        everything: look,
        items: (text) => {
          const changes: ItemChanges = JSON.parse(text);
          performance.mark("inbox:items", { detail: changes });
          latest.current.onItems(changes);
        },
        numbers: (text) => {
          const numbers: InboxNumbers = JSON.parse(text);
          latest.current.onNumbers(numbers);
        },
      },
    });
    return () => {
      clearTimeout(timer);
      close();
    };
  }, []);
}
