"use client";
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { mergeEntries } from "@/lib/runs/entry-words";
import { compareEntries, encodePlace, placeOfEntry } from "@/lib/runs/timeline-cursor";
import type { TimelineEntry, TimelineKind, TimelinePage } from "@/lib/runs/timeline";
import { pageQuery, type PageQuery } from "../search-params";

interface TimelineState extends TimelinePage {
  loading: "before" | "after" | "jump" | null;
  /** The last request failed. */
  failed: boolean;
}

interface TimelineRequest {
  runId: string;
  initial: TimelinePage;
  kinds: readonly TimelineKind[];
  /** Changes when the run has moved on: what is shown is then brought up to date. */
  revision: string;
}

/** A timeline that grows at both ends as one reads on, and follows a run that goes on. Each answer is one page; no run is sent whole. */
export function useTimeline({ runId, initial, kinds, revision }: TimelineRequest) {
  const [state, setState] = useState<TimelineState>({ ...initial, loading: null, failed: false });
  const busy = useRef(false);
  const [kindList] = useState(kinds);

  const request = useCallback(
    async (
      what: TimelineState["loading"],
      query: Partial<PageQuery>,
      take: (state: TimelineState, page: TimelinePage) => TimelinePage,
    ) => {
      if (busy.current) return;
      busy.current = true;
      setState((now) => ({ ...now, loading: what, failed: false }));
      try {
        const page = await fetchPage(runId, { ...query, kinds: [...kindList] });
        setState((now) => ({ ...take(now, page), loading: null, failed: false }));
      } catch {
        setState((now) => ({ ...now, loading: null, failed: true }));
      } finally {
        busy.current = false;
      }
    },
    [runId, kindList],
  );

  const loadBefore = () => {
    if (state.before === null) return;
    void request("before", { before: state.before }, (now, page) => ({
      ...now,
      entries: merged(now.entries, page.entries),
      before: page.before,
    }));
  };
  const loadAfter = useCallback(() => {
    if (state.after === null) return;
    void request("after", { after: state.after }, (now, page) => ({
      ...now,
      entries: merged(now.entries, page.entries),
      after: page.after,
    }));
  }, [request, state.after]);
  const jump = (at: "start" | "end") => void request("jump", { at }, (_, page) => page);

  // Whoever has read to the end is kept there; elsewhere a run that moves on changes nothing that is on the page but its later end.
  const follow = useEffectEvent(() => {
    if (state.after !== null) return;
    void request(null, { at: "end" }, (now, page) => followed(now, page));
  });
  const seen = useRef(revision);
  useEffect(() => {
    if (seen.current === revision) return;
    seen.current = revision;
    follow();
  }, [revision]);

  return { ...state, loadBefore, loadAfter, jump };
}

const merged = (known: readonly TimelineEntry[], next: readonly TimelineEntry[]) =>
  mergeEntries(known, next, compareEntries);

/** The last page joined to what is shown; where more came than one page holds, what lies between is read on from the old end. */
function followed(now: TimelinePage, page: TimelinePage): TimelinePage {
  const last = now.entries.at(-1);
  const joins = page.before === null || last === undefined || page.entries.some((entry) => entry.key === last.key);
  if (joins) return { entries: merged(now.entries, page.entries), before: now.before, after: null };
  return { ...now, after: encodePlace(placeOfEntry(last)) };
}

async function fetchPage(runId: string, query: Partial<PageQuery>): Promise<TimelinePage> {
  const response = await fetch(pageQuery(`/runs/${runId}/timeline`, query));
  if (!response.ok) throw new Error(`timeline: ${response.status}`);
  return await response.json();
}
