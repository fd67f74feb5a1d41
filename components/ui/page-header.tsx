import type { ReactNode } from "react";
import { cn } from "./cn";

export interface PageHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** In front of the title: an avatar or icon. */
  leading?: ReactNode;
  /** Behind the title: badges. */
  badges?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

/** The page's h1, and what can be done with the whole page. */
export function PageHeader({ title, description, leading, badges, actions, className }: PageHeaderProps) {
  return (
    <header className={cn("flex flex-wrap items-start gap-x-4 gap-y-3", className)}>
      <div className="flex min-w-0 flex-1 basis-72 items-start gap-3">
        {leading}
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <h1 className="min-w-0 text-xl font-semibold tracking-tight wrap-anywhere">{title}</h1>
            {badges}
          </div>
          {description !== undefined && (
            <p className="mt-1 max-w-[80ch] text-sm text-pretty text-muted">{description}</p>
          )}
        </div>
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
