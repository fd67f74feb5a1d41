import type { ComponentProps } from "react";
import { cn } from "./cn";
import { controlClasses } from "./input";

/** Grows with its content where the browser can (`field-sizing`). */
export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={cn(controlClasses, "field-sizing-content max-h-96 min-h-20 resize-y py-1.5 leading-5", className)}
      {...props}
    />
  );
}
