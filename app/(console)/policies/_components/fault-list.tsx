import { CircleAlert } from "lucide-react";
import Link from "next/link";

import { Banner } from "@/components/ui/banner";
import { formatCount, formatPlural } from "@/components/ui/format/number";
import type { DraftFault } from "@/lib/policies/drafts/faults";

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
              href={`/policies/${slug}/edit${fault.ruleId === "" ? "" : `?rule=${encodeURIComponent(fault.ruleId)}`}`}
              className="font-mono text-xs font-medium underline underline-offset-2"
            >
              {fault.ruleId || `rule ${fault.rule + 1}`}
            </Link>
            {fault.path.length > 0 && <span> {fieldWords(fault.path)}</span>}: {fault.message}
          </li>
        ))}
      </ul>
      {faults.length > SHOWN && <p className="mt-1">and {formatCount(faults.length - SHOWN)} more</p>}
    </Banner>
  );
}

const FIELDS: Readonly<Record<string, string>> = {
  id: "name",
  "match.actions": "actions",
  "match.agents": "agents",
  "match.nodes": "parts of the chart",
  when: "condition",
  to: "people asked",
  maxAge: "signed in within",
  message: "what the agent is told",
};

/** The field as people call it; which member of a list it is says the message. */
function fieldWords(path: readonly PropertyKey[]): string {
  const field = path.filter((part) => typeof part !== "number").join(".");
  return FIELDS[field] ?? field;
}
