import Link from "next/link";

import { Card, CardHeader } from "@/components/ui/card";
import { formatCount } from "@/components/ui/format/number";
import type { PlaceLine } from "@/lib/policies/simulation/views";

interface PlaceTableProps {
  title: string;
  places: readonly PlaceLine[];
  hrefOf?: (key: string) => string;
}

/** The agents or actions that most changes are of. */
export function PlaceTable({ title, places, hrefOf }: PlaceTableProps) {
  const touched = places.filter((one) => one.stricter + one.milder > 0).slice(0, 10);
  return (
    <Card>
      <CardHeader title={title} />
      <ul className="divide-y divide-line">
        {touched.map((place) => (
          <li key={place.key ?? place.label} className="px-4 py-2">
            <div className="flex items-baseline justify-between gap-3 text-sm">
              <span className="min-w-0 truncate">
                {hrefOf && place.key !== null ? (
                  <Link href={hrefOf(place.key)} className="hover:underline">
                    {place.label}
                  </Link>
                ) : (
                  place.label
                )}
              </span>
              <span className="shrink-0 text-xs text-muted tabular-nums">
                {formatCount(place.stricter + place.milder)} of {formatCount(place.decided)}
              </span>
            </div>
            <Bar place={place} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Of all that were decided anew: stricter, milder, the same. */
function Bar({ place: { decided, stricter, milder } }: { place: PlaceLine }) {
  const share = (part: number): string => `${(part / Math.max(1, decided)) * 100}%`;
  return (
    <div className="mt-1 flex items-center gap-2 text-2xs text-muted">
      <span className="flex h-1.5 flex-1 gap-px overflow-hidden rounded-full bg-surface-3" aria-hidden>
        <span className="bg-escalate" style={{ width: share(stricter) }} />
        <span className="bg-allow" style={{ width: share(milder) }} />
      </span>
      <span className="tabular-nums">
        {[
          stricter > 0 ? `${formatCount(stricter)} stricter` : null,
          milder > 0 ? `${formatCount(milder)} milder` : null,
        ]
          .filter((one) => one !== null)
          .join(", ")}
      </span>
    </div>
  );
}
