import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A box that scrolls by keyboard, too (WCAG 2.1.1): it can be focused and has a name. The browser draws thin bars. */
export function ScrollArea({ label, className, ...props }: ComponentProps<"section"> & { label: string }) {
  return (
    <section
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
      tabIndex={0}
      className={cn("overflow-auto [scrollbar-width:thin] focus-visible:-outline-offset-2", className)}
      {...props}
    />
  );
}
