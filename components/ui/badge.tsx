import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { type Tone, TONES } from "./tone";

export interface BadgeProps extends ComponentProps<"span"> {
  tone?: Tone;
  /** A small icon in front, so that the meaning does not hang on colour alone. */
  icon?: ReactNode;
}

export function Badge({ tone = "neutral", icon, className, children, ...props }: BadgeProps) {
  return (
    <span
      className={cn(
        "inline-flex h-5 max-w-full items-center align-middle gap-1 whitespace-nowrap rounded-sm border px-1.5 text-xs font-medium [&_svg]:size-3 [&_svg]:shrink-0",
        TONES[tone].soft,
        className,
      )}
      {...props}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}

/** A coloured dot. Decorative: words say what it means. */
export function Dot({
  tone = "neutral",
  live = false,
  className,
}: {
  tone?: Tone;
  live?: boolean;
  className?: string;
}) {
  return (
    <span
      aria-hidden
      className={cn(
        "inline-block size-2 shrink-0 rounded-full",
        TONES[tone].mark,
        live && "animate-breathe",
        className,
      )}
    />
  );
}
