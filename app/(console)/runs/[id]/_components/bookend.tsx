import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

interface BookendProps {
  icon: ReactNode;
  title: ReactNode;
  aside?: ReactNode;
  place: "start" | "end";
  children?: ReactNode;
}

/** How a run began or ended: what stands around its entries. */
export function Bookend({ icon, title, aside, place, children }: BookendProps) {
  return (
    <div className={cn("flex gap-2.5 border-line px-4 py-2.5", place === "start" ? "border-b" : "border-t")}>
      {icon}
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p className="flex flex-wrap items-baseline gap-x-2 text-sm font-medium">
          {title}
          <span className="text-xs font-normal text-muted">{aside}</span>
        </p>
        {children}
      </div>
    </div>
  );
}
