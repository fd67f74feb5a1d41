import type { RegisteredHotkey } from "@/components/hotkeys/registry";

interface HotkeyGroup {
  name: string;
  hotkeys: RegisteredHotkey[];
}

const FALLBACK = "This page";

const late = (name: string) => Number(name === "Go to") + 2 * Number(name === "Everywhere");

/** The page's hotkeys under their headings: what belongs to the page first, what works everywhere after it. */
export function groupHotkeys(all: readonly RegisteredHotkey[]): HotkeyGroup[] {
  const groups = new Map<string, RegisteredHotkey[]>();
  for (const hotkey of all) {
    if (hotkey.scope !== null || hotkey.keys === undefined) continue;
    const name = hotkey.group ?? FALLBACK;
    groups.set(name, [...(groups.get(name) ?? []), hotkey]);
  }
  return [...groups]
    .map(([name, hotkeys]) => ({ name, hotkeys }))
    .toSorted((left, right) => late(left.name) - late(right.name));
}
