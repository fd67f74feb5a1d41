import { CircleAlert } from "lucide-react";
import Link from "next/link";

import { Banner } from "@/components/ui/banner";
import { formatCount, formatPlural } from "@/components/ui/format/number";
import type { DraftFault } from "@/lib/policies/draft-faults";

const SHOWN = 20;

/** What keeps a draft from being published; each leads to its rule in the editor. */
export function FaultList({ slug, faults }: { slug: string; faults: readonly DraftFault[] }) {
  return (
    <Banner
      tone="deny"
      icon={<CircleAlert aria-hidden />}
      title={`${formatPlural(faults.length, "fault")} to mend before this can be published`}
    >
      <ul className="mt-1 flex flex-col gap-0.5">
        {faults.slice(0, SHOWN).map((fault, index) => (
          <li key={`${index}:${fault.rule}`} className="wrap-anywhere">
            <Link
              href={`/policies/${slug}/edit?rule=${fault.rule}`}
              className="font-mono text-xs font-medium underline underline-offset-2"
            >
              {fault.ruleId || `rule ${fault.rule + 1}`}
            </Link>
            {fault.path.length > 0 && <span> {fault.path.map(String).join(".")}</span>}: {fault.message}
          </li>
        ))}
      </ul>
      {faults.length > SHOWN && <p className="mt-1">and {formatCount(faults.length - SHOWN)} more</p>}
    </Banner>
  );
}
