"use client";
import { cn } from "./cn";
import { keyCaps } from "./format/key-caps";
import { useIsMac } from "./use-is-mac";

/** Shows a hotkey in the registry's notation: "mod+k" is ⌘K on a Mac and Ctrl K elsewhere, "g r" are two presses. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  const caps = keyCaps(keys, useIsMac());
  return (
    <span className={cn("inline-flex items-center gap-0.5", className)}>
      {caps.map((cap, index) => (
        <kbd
          key={`${index}:${cap}`}
          className="inline-grid h-4.5 min-w-4.5 place-items-center rounded-sm border border-line bg-surface-2 px-1 font-sans text-2xs text-muted"
        >
          {cap}
        </kbd>
      ))}
    </span>
  );
}
