"use client";
import { useTheme } from "next-themes";
import { toast as sonner, Toaster as Sonner } from "sonner";
import { makeUseNow } from "./use-now";

/** How long an undo is offered. */
const UNDO_MS = 8_000;

export function Toaster() {
  const { theme } = useTheme();
  return (
    <Sonner
      theme={theme === "dark" || theme === "light" ? theme : "system"}
      position="bottom-right"
      gap={8}
      className="font-sans!"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-start gap-3 rounded-lg bg-overlay px-3.5 py-3 text-sm text-foreground shadow-overlay [&_[data-icon]]:mt-0.5 [&_[data-icon]]:shrink-0",
          content: "min-w-0 flex-1",
          title: "font-medium",
          description: "text-muted",
          actionButton:
            "shrink-0 rounded-md border border-line-strong px-2 py-0.5 text-xs font-medium hover:bg-surface-3",
          success: "[&_[data-icon]]:text-allow",
          error: "[&_[data-icon]]:text-deny",
        },
      }}
    />
  );
}

const useSecond = makeUseNow(250);

function UndoLabel({ untilMs }: { untilMs: number }) {
  const left = Math.max(0, Math.ceil((untilMs - useSecond()) / 1_000));
  return (
    <>
      Undo {/* The toasts are a live region: seconds that count down would all be read out. */}
      <span aria-hidden className="inline-block min-w-4 text-right tabular-nums text-muted">
        {left}s
      </span>
    </>
  );
}

interface HeldToast {
  /** Milliseconds of this browser's clock. */
  untilMs: number;
  undo: () => void;
  description?: string | undefined;
}

/** Short messages at the edge, read out as they appear: what is said here is not announced as well. Nothing that a person must read goes only here. */
export const toast = {
  success: (message: string, description?: string) => void sonner.success(message, { description }),
  /** A success at the top, where it covers no buttons: for pages that are worked through from a bar at their foot. */
  done: (message: string, description?: string) =>
    void sonner.success(message, { description, position: "top-center", duration: 2_500 }),
  error: (message: string, description?: string) => void sonner.error(message, { description }),
  /** Why a key did nothing, at the top; the same one again takes its own place. */
  note: (message: string, description?: string) =>
    void sonner(message, { id: `note:${message}`, description, position: "top-center", duration: 4_000 }),
  info: (message: string, description?: string) => void sonner(message, { description }),
  /**
   * Says what was done and offers to take it back, counting down; at the top, as `done`. It stays until it is dismissed, since a timer of
   * its own stands still under the pointer. `id` names it for `dismiss`; another with the same takes its place.
   */
  held: (id: string, message: string, { untilMs, undo, description }: HeldToast) =>
    void sonner.success(message, {
      id,
      description,
      position: "top-center",
      duration: Number.POSITIVE_INFINITY,
      action: {
        label: <UndoLabel untilMs={untilMs} />,
        onClick: (event) => {
          // Else it would go, though something from before can still be taken back.
          event.preventDefault();
          undo();
        },
      },
    }),
  dismiss: (id: string) => void sonner.dismiss(id),
  /** Says what was done and offers to take it back: the house's alternative to "are you sure". */
  undo: (message: string, undo: () => void) =>
    void sonner.success(message, { duration: UNDO_MS, action: { label: "Undo", onClick: undo } }),
};
