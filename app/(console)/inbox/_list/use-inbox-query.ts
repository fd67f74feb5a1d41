"use client";
import { useQueryStates } from "nuqs";
import { useEffect, useRef } from "react";
import type { View } from "@/lib/inbox/filter";
import { CHOICES, type Choice, filterOf, inboxParams, isNarrowed, viewOf } from "../search-params";

const { item: _item, ...parsers } = inboxParams.parsers;

/** So long after one went back the router may not have taken it over. */
const ROUTER_MS = 2_000;

/** What the address says is shown, and the ways to change it. Nothing of it renders the page anew on the server. */
export function useInboxQuery(views: readonly View[]) {
  const [query, setQuery] = useQueryStates(parsers, { shallow: true, history: "push" });
  const gone = useRef<{ back: typeof query; untilMs: number } | null>(null);
  useEffect(() => {
    // A busy router says later still what stood in the address before.
    const { back, untilMs } = gone.current ?? { back: query, untilMs: 0 };
    if (Date.now() < untilMs && !sameQuery(query, back)) void setQuery(back, { history: "replace" });
  }, [query, setQuery]);
  useEffect(() => {
    // Who goes back within a moment of a change is ahead of the router: to it the address never changed, so that it does not say so.
    const follow = (): void => {
      if (window.location.pathname !== "/inbox") return;
      const { item: _here, ...asked } = inboxParams.load(new URLSearchParams(window.location.search));
      gone.current = { back: asked, untilMs: Date.now() + ROUTER_MS };
      void setQuery(asked, { history: "replace" });
    };
    // What a person points at since is their word.
    const forget = (): void => {
      gone.current = null;
    };
    window.addEventListener("popstate", follow);
    window.addEventListener("pointerdown", forget, { capture: true });
    return () => {
      window.removeEventListener("popstate", follow);
      window.removeEventListener("pointerdown", forget, { capture: true });
    };
  }, [setQuery]);
  const change: typeof setQuery = (...how) => {
    gone.current = null;
    return setQuery(...how);
  };
  return {
    query,
    view: viewOf(query, views),
    filter: filterOf(query, views),
    narrowed: isNarrowed(query),
    chooseView: (id: string) => void change({ ...NO_CHOICES, q: null, view: id }),
    search: (q: string) => void change({ q: q === "" ? null : q }, { history: "replace" }),
    choose: (choice: Choice, values: readonly string[]) =>
      void change({ [choice]: values.length === 0 ? null : [...values] }),
    clear: () => void change({ ...NO_CHOICES, q: null }),
  };
}

const sameQuery = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);

const NO_CHOICES: Record<Choice, null> = {
  kind: null,
  risk: null,
  agent: null,
  action: null,
  system: null,
  assignee: null,
};
export const choicesSet = (query: Record<Choice, readonly string[]>): number =>
  CHOICES.filter((choice) => query[choice].length > 0).length;

const REST_MS = 250;

/** Keeps the open item in the address, when the moving rests, so that a reload or a link opens it again. */
export function useItemInAddress(key: string | null): void {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    const timer = setTimeout(() => {
      const url = new URL(window.location.href);
      if (url.pathname !== "/inbox") return;
      if (key === null) url.searchParams.delete("item");
      else url.searchParams.set("item", key);
      if (url.href !== window.location.href) window.history.replaceState(window.history.state, "", url);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [key]);
}
