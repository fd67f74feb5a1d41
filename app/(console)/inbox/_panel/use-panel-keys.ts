"use client";
import { useImperativeHandle, type Ref } from "react";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { useFreshPress } from "@/components/hotkeys/use-fresh-press";
import type { PanelHandle } from "./panel-handle";

const KEYS = [
  { keys: "a", label: "Approve", act: "approve" },
  { keys: "shift+a", label: "Approve with a comment", act: "approveWithComment" },
  { keys: "e", label: "Edit and approve", act: "edit" },
  { keys: "r", label: "Reject", act: "reject" },
  { keys: "q", label: "Ask the agent", act: "ask" },
  { keys: "c", label: "Comment", act: "comment" },
  { keys: "i", label: "Take it or give it back", act: "claim" },
  { keys: "h", label: "Snooze", act: "snooze" },
  { keys: "u", label: "Undo the latest decision", act: "undo" },
] as const;

/** One registry for keys, palette and the list: each act is the same, whoever asks for it. A key that is held down acts once. */
export function usePanelKeys(
  handle: PanelHandle,
  { ref, enabled }: { ref?: Ref<PanelHandle>; enabled: boolean },
): void {
  const freshPress = useFreshPress();
  useImperativeHandle(ref, () => handle);
  useHotkeys(
    KEYS.map(({ act, ...key }) => ({
      ...key,
      group: "Inbox",
      palette: true,
      run: () => {
        if (freshPress()) handle[act]();
      },
    })),
    { enabled },
  );
}
