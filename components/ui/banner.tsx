import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { type Tone, TONES } from "./tone";

export interface BannerProps extends Omit<ComponentProps<"div">, "title"> {
  tone?: Tone;
  title?: ReactNode;
  icon?: ReactNode;
  actions?: ReactNode;
}

/** A notice in the page. Give `role="alert"` when it appears as the answer to an act. */
export function Banner({ tone = "neutral", title, icon, actions, className, children, ...props }: BannerProps) {
  return (
    <div
      className={cn(
        "flex items-start gap-2.5 rounded-md border px-3 py-2 text-sm [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0",
        TONES[tone].soft,
        className,
      )}
      {...props}
    >
      {icon}
      <div className="min-w-0 flex-1">
        {title !== undefined && <p className="font-medium">{title}</p>}
        {children}
      </div>
      {actions}
    </div>
  );
}
