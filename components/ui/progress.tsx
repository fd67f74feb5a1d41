import { cn } from "./cn";
import { type Tone, TONES } from "./tone";

export interface ProgressProps {
  /** What is measured, for assistive technology. */
  label: string;
  /** 0 to `max`; more than `max` is drawn full. */
  value: number;
  max?: number;
  tone?: Tone;
  className?: string;
}

/** A thin bar of how much of something is used (an envelope, a deadline). */
export function Progress({ label, value, max = 100, tone = "accent", className }: ProgressProps) {
  const share = max <= 0 ? 0 : Math.min(1, Math.max(0, value / max));
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- browsers draw a native meter in colours of their own
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      className={cn("h-1.5 w-full overflow-hidden rounded-full bg-surface-3", className)}
    >
      <div className={cn("h-full rounded-full", TONES[tone].mark)} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
