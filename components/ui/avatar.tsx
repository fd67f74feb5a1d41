import { cn } from "./cn";
import { initials } from "./format/initials";

const HUES = [
  "bg-accent-soft text-accent-text",
  "bg-allow-soft text-allow-text",
  "bg-escalate-soft text-escalate-text",
  "bg-review-soft text-review-text",
  "bg-info-soft text-info-text",
  "bg-neutral-soft text-neutral-text",
];

const SIZES = { xs: "size-5 text-[0.5625rem]", sm: "size-6 text-2xs", md: "size-8 text-xs", lg: "size-10 text-sm" };

function hueOf(name: string): string {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return HUES[sum % HUES.length] ?? "";
}

export interface AvatarProps {
  name: string;
  size?: keyof typeof SIZES;
  /** People are round, agents square. */
  shape?: "round" | "square";
  className?: string;
}

/** Initials. Decorative: the name stands beside it, or the parent has an accessible name. */
export function Avatar({ name, size = "sm", shape = "round", className }: AvatarProps) {
  return (
    <span
      aria-hidden
      className={cn(
        "inline-grid shrink-0 select-none place-items-center border border-line font-medium tracking-tight",
        shape === "round" ? "rounded-full" : "rounded-md",
        SIZES[size],
        hueOf(name),
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}
