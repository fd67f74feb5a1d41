import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

export interface EmptyStateProps {
  title: string;
  /** Why it is empty, and what fills it. */
  description?: ReactNode;
  icon?: LucideIcon | undefined;
  /** The one thing to do next. */
  action?: ReactNode;
  /** The heading's rank on the page. */
  level?: 1 | 2 | 3;
  className?: string;
}

export function EmptyState({ title, description, icon: Icon, action, level = 2, className }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={cn("flex flex-col items-center justify-center gap-1 px-6 py-14 text-center", className)}>
      {Icon !== undefined && (
        <span className="mb-2 grid size-9 place-items-center rounded-lg border border-line bg-surface-2 text-muted">
          <Icon className="size-4.5" aria-hidden />
        </span>
      )}
      <Heading className="text-sm font-medium">{title}</Heading>
      {description !== undefined && <p className="max-w-sm text-sm text-balance text-muted">{description}</p>}
      {action !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
