/** The part of a keyboard event that decides. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

export interface Hotkey {
  /** "j", "?", "mod+k" (command or control), "shift+j", or a sequence "g r". Without keys it is only in the palette. */
  keys?: string;
  /** What it does, as the `?` sheet and the palette say it. */
  label: string;
  /** Heading in the `?` sheet and the palette. */
  group?: string;
  /** Offered in the command palette as well. */
  palette?: boolean;
  /** Fires while a person types in a field, too. Only for chords with a modifier. */
  inFields?: boolean;
  run: () => void;
}

export interface RegisteredHotkey extends Hotkey {
  /** The modal layer it belongs to; null is the page. */
  scope: string | null;
}

/** Between the presses of a sequence. */
const SEQUENCE_WINDOW_MS = 1_000;

function matchesChord(press: KeyPress, chord: string): boolean {
  const parts = chord.toLowerCase().split("+");
  const key = parts.at(-1) ?? "";
  const wantsMod = parts.includes("mod");
  if (wantsMod !== (press.ctrlKey || press.metaKey) || parts.includes("alt") !== press.altKey) return false;
  // Shift is part of how "?" is typed, so it is compared only for letters and named keys.
  const isSymbol = key.length === 1 && !/[a-z0-9]/.test(key);
  if (!isSymbol && parts.includes("shift") !== press.shiftKey) return false;
  return press.key.toLowerCase() === key;
}

/**
 * Decides which hotkey a press fires. Only the topmost open layer's hotkeys can fire, so a dialog never leaks a
 * key to the page below; while typing only `inFields` ones do. The latest registration wins.
 */
export function createHotkeyRegistry() {
  const hotkeys = new Set<RegisteredHotkey>();
  const scopes: string[] = [];
  const listeners = new Set<() => void>();
  let snapshot: readonly RegisteredHotkey[] = [];
  let pending: { chord: KeyPress; at: number } | null = null;

  const changed = () => {
    snapshot = [...hotkeys];
    for (const listener of listeners) listener();
  };

  return {
    register(hotkey: RegisteredHotkey): () => void {
      hotkeys.add(hotkey);
      changed();
      return () => {
        hotkeys.delete(hotkey);
        changed();
      };
    },
    pushScope(scope: string): () => void {
      scopes.push(scope);
      pending = null;
      return () => {
        const at = scopes.lastIndexOf(scope);
        if (at >= 0) scopes.splice(at, 1);
      };
    },
    /** The hotkey that this press fires, or null. `nowMs` is any monotonic clock. */
    resolve(press: KeyPress, typing: boolean, nowMs: number): RegisteredHotkey | null {
      const scope = scopes.at(-1) ?? null;
      const candidates = snapshot
        .filter((hotkey) => hotkey.scope === scope && (!typing || hotkey.inFields === true))
        .toReversed();
      const first = pending !== null && nowMs - pending.at <= SEQUENCE_WINDOW_MS ? pending.chord : null;
      pending = null;
      if (first !== null) {
        const second = candidates.find((hotkey) => {
          const [start, end] = hotkey.keys?.split(" ") ?? [];
          return start !== undefined && end !== undefined && matchesChord(first, start) && matchesChord(press, end);
        });
        if (second !== undefined) return second;
      }
      const starts = candidates.some((hotkey) => {
        const [start, end] = hotkey.keys?.split(" ") ?? [];
        return start !== undefined && end !== undefined && matchesChord(press, start);
      });
      if (starts) {
        pending = { chord: press, at: nowMs };
        return null;
      }
      return (
        candidates.find(
          (hotkey) => hotkey.keys !== undefined && !hotkey.keys.includes(" ") && matchesChord(press, hotkey.keys),
        ) ?? null
      );
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** All hotkeys in order of registration; the same array until something changes. */
    list: (): readonly RegisteredHotkey[] => snapshot,
  };
}

export type HotkeyRegistry = ReturnType<typeof createHotkeyRegistry>;
