import { TriangleAlert } from "lucide-react";
import Link from "next/link";

import { Banner } from "@/components/ui/banner";
import { formatCount } from "@/components/ui/format/number";
import type { RuleLine } from "@/lib/policies/simulation/views";

const SHOWN = 5;

/** Rules of the draft whose conditions fail on real requests: the surprise that a simulation is there to find. */
export function RuleErrors({ slug, rules }: { slug: string; rules: readonly RuleLine[] }) {
  const failing = rules.filter((one) => one.errors > 0).toSorted((a, b) => b.errors - a.errors);
  if (failing.length === 0) return null;
  return (
    <Banner tone="escalate" icon={<TriangleAlert aria-hidden />} title="Some conditions could not be evaluated">
      <p>
        A rule that denies, asks or wants a review then holds for safety; one that allows does not. Often an argument is
        read that some of the actions do not have: name fewer actions, or ask with{" "}
        <code className="font-mono">has(…)</code>.
      </p>
      <ul className="mt-1">
        {failing.slice(0, SHOWN).map(({ rule, errors, after }) => (
          <li key={rule} className="tabular-nums">
            <Link
              href={`/policies/${slug}/edit?rule=${encodeURIComponent(rule)}`}
              className="font-mono text-xs font-medium underline underline-offset-2"
            >
              {rule}
            </Link>
            : {formatCount(errors)} of the {formatCount(after)} times that it would hold
          </li>
        ))}
      </ul>
    </Banner>
  );
}
