"use client";
import { createContext, type ReactNode, use, useEffect, useId, useRef, useState, useSyncExternalStore } from "react";
import { createHotkeyRegistry, type Hotkey, type HotkeyRegistry, type RegisteredHotkey } from "./registry";

const RegistryContext = createContext<HotkeyRegistry | null>(null);
const ScopeContext = createContext<string | null>(null);

/** A list that takes no letters itself says so by `data-hotkeys`. */
const FIELDS =
  "input:not([type=checkbox],[type=radio],[type=button],[type=submit]),textarea,select,[contenteditable='true'],[role=textbox],[role=combobox],[role=listbox]:not([data-hotkeys]),[role=menu]";

function isTyping(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest(FIELDS) !== null;
}

const PRESSED_BY_KEY = "button,a[href],summary,[role=button],[role=tab],[role=checkbox],[role=switch]";

/** Enter and space press what has the focus, whatever else they do on the page. */
function isPress(event: KeyboardEvent): boolean {
  if ((event.key !== "Enter" && event.key !== " ") || event.ctrlKey || event.metaKey) return false;
  return event.target instanceof Element && event.target.closest(PRESSED_BY_KEY) !== null;
}

/** Owns the one key listener of the document. */
export function HotkeyProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(createHotkeyRegistry);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || (event.repeat && event.key.length > 1)) return;
      if (isPress(event)) return;
      const hotkey = registry.resolve(event, isTyping(event), event.timeStamp);
      if (hotkey === null) return;
      event.preventDefault();
      hotkey.run();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [registry]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

/** A layer over the page: while it is mounted only the hotkeys registered inside it fire. */
export function HotkeyScope({ children }: { children: ReactNode }) {
  const registry = use(RegistryContext);
  const scope = useId();
  useEffect(() => registry?.pushScope(scope), [registry, scope]);
  return <ScopeContext value={scope}>{children}</ScopeContext>;
}

/** Registers hotkeys (and palette commands) for as long as the calling component is mounted and `enabled` is not false. */
export function useHotkeys(hotkeys: readonly Hotkey[], { enabled = true }: { enabled?: boolean } = {}): void {
  const registry = use(RegistryContext);
  const scope = use(ScopeContext);
  const latest = useRef(hotkeys);
  useEffect(() => {
    latest.current = hotkeys;
  });
  // Registered anew only when what is shown changes (JSON leaves functions out); `run` is always the latest one.
  const shown = JSON.stringify(hotkeys);
  useEffect(() => {
    if (registry === null || !enabled) return;
    const parsed: Omit<Hotkey, "run">[] = JSON.parse(shown);
    const removals = parsed.map((hotkey, index) =>
      registry.register({ ...hotkey, scope, run: () => latest.current[index]?.run() }),
    );
    return () => {
      for (const remove of removals) remove();
    };
  }, [registry, scope, enabled, shown]);
}

const NONE: readonly RegisteredHotkey[] = [];
const never = () => () => undefined;

/** Everything registered at the moment, for the `?` sheet and the palette. */
export function useRegisteredHotkeys(): readonly RegisteredHotkey[] {
  const registry = use(RegistryContext);
  return useSyncExternalStore(registry?.subscribe ?? never, registry?.list ?? (() => NONE), () => NONE);
}
