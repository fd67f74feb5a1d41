import type { ComponentProps } from "react";
import { cn } from "./cn";

export const controlClasses =
  "w-full min-w-0 scroll-my-16 rounded-md border border-control bg-surface px-2.5 text-sm text-foreground transition-colors hover:border-muted focus-visible:border-ring focus-visible:outline-2 focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:opacity-55 aria-invalid:border-danger";

export function Input({ className, type, ...props }: ComponentProps<"input">) {
  return (
    <input type={type ?? "text"} className={cn(controlClasses, "h-8 read-only:bg-surface-2", className)} {...props} />
  );
}
