import { cn } from "@/components/ui/cn";
import { prepareSparkline } from "./prepare-sparkline";

const WIDTH = 96;
const HEIGHT = 28;

interface SparklineProps {
  values: readonly number[];
  /** Said instead of the picture: "Runs in the last 24 hours, from 12 to 40 an hour". */
  label: string;
  /** A token: "var(--accent)". */
  colour?: string;
  className?: string;
}

/** A small line without axes. Plain SVG, so it renders on the server. */
export function Sparkline({ values, label, colour = "var(--accent)", className }: SparklineProps) {
  const paths = prepareSparkline(values, WIDTH, HEIGHT);
  return (
    <svg
      viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      className={cn("h-7 w-24 overflow-visible", className)}
    >
      {paths !== null && (
        <>
          <path d={paths.area} fill={colour} opacity={0.12} />
          <path
            d={paths.line}
            fill="none"
            stroke={colour}
            strokeWidth={1.5}
            strokeLinejoin="round"
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
          />
        </>
      )}
    </svg>
  );
}
