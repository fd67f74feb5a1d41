"use client";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { debounced, type Debounced } from "@/components/live/debounce";
import { useLiveStatus, useTopics } from "@/components/live/live";
import { parseItemKey, type ItemKind } from "@/lib/inbox/item";
import type { PanelData } from "@/lib/inbox/panel";

/** What is known of one item's panel in this tab. */
type Panel =
  | { state: "loading" }
  | { state: "here"; data: PanelData; atMs: number; stale: boolean }
  | { state: "gone" }
  | { state: "failed" };

/** So many are kept, the latest used; each is some kilobytes. */
const KEPT = 60;

/** A busy part of the organisation tells of many changes; one that is looked at is read anew at most so often. */
const REST_MS = 60;
const LONGEST_MS = 1_000;
const FRESH_MS = 3_000;

/** What an item of a kind changes with, beside the topic of its own. */
const TOPICS: Record<ItemKind, readonly string[]> = {
  approval: [],
  review: [],
  appeal: ["policies"],
  conflict: ["incidents"],
  promotion: ["promotions"],
  action: ["catalogue"],
};
const kindOf = (key: string): ItemKind => parseItemKey(key)?.kind ?? "approval";

const panels = new Map<string, Panel>();
const loading = new Map<string, AbortController>();
const listeners = new Set<() => void>();
const LOADING: Panel = { state: "loading" };

function put(key: string, panel: Panel): void {
  panels.delete(key);
  panels.set(key, panel);
  for (const oldest of panels.keys()) {
    if (panels.size <= KEPT) break;
    panels.delete(oldest);
  }
  for (const listener of listeners) listener();
}

async function load(key: string): Promise<void> {
  if (loading.has(key)) return;
  const controller = new AbortController();
  loading.set(key, controller);
  const panel = await fetchPanel(key, controller.signal);
  if (loading.get(key) === controller) loading.delete(key);
  if (controller.signal.aborted) return;
  // What is here, though old, is better than nothing; without a connection the page says so anyway.
  if (panel.state !== "failed" || panels.get(key)?.state !== "here") put(key, panel);
}

async function fetchPanel(key: string, signal: AbortSignal): Promise<Panel> {
  try {
    const response = await fetch(`/inbox/panel?item=${encodeURIComponent(key)}`, { signal });
    if (response.status === 404) return { state: "gone" };
    if (!response.ok) return { state: "failed" };
    const data: PanelData = await response.json();
    return { state: "here", data, atMs: Date.now(), stale: false };
  } catch {
    return { state: "failed" };
  }
}

/** Reads the panels of these items ahead, so that each shows at once; what is here already is not read again. */
export function prefetchPanels(keys: readonly string[]): void {
  for (const key of keys.slice(0, KEPT / 2)) {
    const known = panels.get(key);
    if (known?.state !== "here" || known.stale) void load(key);
  }
}

/** Reads it again, now if it is looked at, else when it next is: something about the item has changed. */
export function refreshPanel(key: string): void {
  loading.get(key)?.abort();
  loading.delete(key);
  void load(key);
}

/** Drops what is known of an item: the next look reads it anew. */
export function forgetPanel(key: string): void {
  loading.get(key)?.abort();
  loading.delete(key);
  const known = panels.get(key);
  if (known?.state === "here") panels.set(key, { ...known, stale: true });
  else panels.delete(key);
}

/** When what a server rendered came here: a component that is mounted again, or shown again, gets the same once more. */
const arrived = new WeakMap<PanelData, number>();

function seedOf(key: string, initial: PanelData | undefined): { key: string; panel: Panel } {
  if (initial === undefined) return { key, panel: LOADING };
  const atMs = arrived.get(initial) ?? Date.now();
  arrived.set(initial, atMs);
  return { key, panel: { state: "here", data: initial, atMs, stale: false } };
}

/** What is known, unless what the server rendered came later. */
function newest(known: Panel | undefined, seed: Panel): Panel {
  if (known === undefined) return seed;
  if (known.state === "failed") return seed.state === "here" ? seed : known;
  if (seed.state !== "here" || known.state !== "here") return known;
  return seed.atMs > known.atMs ? seed : known;
}

/**
 * One item's panel: at once when it was read ahead (or by the server, as `initial`), and kept fresh while the calling component is
 * mounted.
 */
export function usePanel(key: string, initial?: PanelData): Panel {
  // What the server read belongs to the item that it was read for, whichever is looked at later.
  const [read] = useState(() => seedOf(key, initial));
  const seed = read.key === key ? read.panel : LOADING;
  const panel = useSyncExternalStore(
    subscribe,
    () => newest(panels.get(key), seed),
    () => seed,
  );
  useEffect(() => {
    const known = newest(panels.get(key), seed);
    if (known.state !== "here" || known.stale) {
      void load(key);
      return undefined;
    }
    // Put again: the latest used are kept.
    put(key, known);
    // Nobody listened to what happened to it since it was read ahead.
    const timer = setTimeout(() => void (Date.now() - known.atMs > FRESH_MS && load(key)), REST_MS);
    return () => clearTimeout(timer);
  }, [key, seed]);
  const status = useLiveStatus();
  const lost = useRef(false);
  useEffect(() => {
    // What happened while nothing was heard has been missed.
    if (status === "live" && lost.current) refreshPanel(key);
    lost.current = status === "reconnecting";
  }, [status, key]);
  const soon = useRef<Debounced | null>(null);
  useEffect(() => {
    const bundled = debounced(() => refreshPanel(key), REST_MS, LONGEST_MS);
    soon.current = bundled;
    return bundled.cancel;
  }, [key]);
  useTopics([key, ...TOPICS[kindOf(key)]], () => soon.current?.call());
  return panel;
}

/** Whether the evidence of an item has been read, and nothing was heard of it since. */
export function useIsHere(key: string | null): boolean {
  const isHere = () => {
    const known = key === null ? undefined : panels.get(key);
    return known?.state === "here" && !known.stale;
  };
  return useSyncExternalStore(subscribe, isHere, () => false);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
