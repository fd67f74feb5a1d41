import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export function Card({ className, ...props }: ComponentProps<"section">) {
  return (
    <section className={cn("min-w-0 rounded-lg border border-line bg-surface shadow-card", className)} {...props} />
  );
}

export interface CardHeaderProps extends Omit<ComponentProps<"header">, "title"> {
  title: ReactNode;
  description?: ReactNode;
  /** Buttons or a link at the right. */
  actions?: ReactNode;
}

export function CardHeader({ title, description, actions, className, ...props }: CardHeaderProps) {
  return (
    <header
      className={cn("flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2", className)}
      {...props}
    >
      <div className="min-w-0 flex-1">
        <h2 className="text-sm font-semibold">{title}</h2>
        {description !== undefined && <p className="text-xs text-muted">{description}</p>}
      </div>
      {actions}
    </header>
  );
}

export function CardBody({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("p-4", className)} {...props} />;
}

export function CardFooter({ className, ...props }: ComponentProps<"footer">) {
  return (
    <footer
      className={cn("flex items-center gap-2 border-t border-line px-4 py-2.5 text-xs text-muted", className)}
      {...props}
    />
  );
}
