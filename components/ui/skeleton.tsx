import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A grey stand-in of the size that the content will have, so that nothing jumps. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return <div aria-hidden className={cn("h-4 animate-shimmer rounded-sm bg-surface-3", className)} {...props} />;
}

/** Wraps the skeletons of a page: spoken once as "Loading". */
export function LoadingRegion({ className, children, ...props }: ComponentProps<"output">) {
  return (
    <output aria-busy="true" className={cn("block", className)} {...props}>
      <span className="sr-only">Loading</span>
      {children}
    </output>
  );
}
