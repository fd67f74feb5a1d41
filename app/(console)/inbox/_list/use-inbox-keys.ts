"use client";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import type { View } from "@/lib/inbox/filter";
import { undoHeld } from "../_panel/undo-held";

interface InboxKeys {
  views: readonly View[];
  /** The key of the open item. */
  current: string | null;
  picked: number;
  /** Only the evidence is on the screen. */
  reading: boolean;
  move: (by: number) => void;
  pick: (key: string, range: boolean) => void;
  clear: () => void;
  chooseView: (id: string) => void;
  openPanel: () => void;
  closePanel: () => void;
  search: () => void;
  filter: () => void;
}

const MOST_VIEWS = 9;

/** The keys of the list; those of the open item are its panel's. A dialog over them shuts all of them. */
export function useInboxKeys(keys: InboxKeys): void {
  const { views, current, picked, reading } = keys;
  const group = "List";
  const onCurrent = (act: (key: string) => void) => () => current !== null && act(current);
  useHotkeys([
    { keys: "j", label: "Next item", group, run: () => keys.move(1) },
    { keys: "k", label: "Previous item", group, run: () => keys.move(-1) },
    { keys: "x", label: "Select", group, run: onCurrent((key) => keys.pick(key, false)) },
    {
      keys: "shift+x",
      label: "Select from the last selected to here",
      group,
      run: onCurrent((key) => keys.pick(key, true)),
    },
    { keys: "Enter", label: "Read the evidence", group, run: onCurrent(() => keys.openPanel()) },
    {
      keys: "Escape",
      label: "Select none, or back to the list",
      group,
      run: () => (picked > 0 && !reading ? keys.clear() : keys.closePanel()),
    },
    { keys: "/", label: "Search", group, palette: true, run: keys.search },
    { keys: "f", label: "Filters", group, palette: true, run: keys.filter },
  ]);
  useHotkeys(
    views.slice(0, MOST_VIEWS).map((view, at) => ({
      keys: `${at + 1}`,
      label: `View: ${view.name}`,
      group: "Views",
      palette: true,
      run: () => keys.chooseView(view.id),
    })),
  );
  // The panel has this key, where one is open.
  useHotkeys([{ keys: "u", label: "Undo the latest decision", group, run: () => void undoHeld() }], {
    enabled: current === null || picked > 0,
  });
}
