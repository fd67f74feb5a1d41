import { cn } from "@/components/ui/cn";

/** Remit's mark: authority, narrower at each step down. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className={cn("size-6 shrink-0", className)}>
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <path
        d="M6.5 8h11M6.5 12h7.5M6.5 16h4"
        className="stroke-on-accent"
        strokeWidth="2.25"
        strokeLinecap="round"
        fill="none"
      />
    </svg>
  );
}
