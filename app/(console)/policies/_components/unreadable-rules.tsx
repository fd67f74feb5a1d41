import { FileWarning } from "lucide-react";

import { Banner } from "@/components/ui/banner";
import { formatPlural } from "@/components/ui/format/number";
import type { UnreadableRule } from "@/lib/policies/stored-rules";

interface UnreadableRulesProps {
  unreadable: readonly UnreadableRule[];
  /** Their version is in force. */
  binding: boolean;
}

/** Rules that this Remit cannot read, what they do all the same, and how they stand in the database. */
export function UnreadableRules({ unreadable, binding }: UnreadableRulesProps) {
  if (unreadable.length === 0) return null;
  return (
    <Banner
      tone="deny"
      icon={<FileWarning aria-hidden />}
      title={`${formatPlural(unreadable.length, "rule")} of this version cannot be read`}
    >
      <p>
        {binding
          ? "While this version is in force, the gate denies every request of every agent: what a rule said that cannot be read, nobody knows. A draft begins without it; publishing the draft lifts the denial."
          : "If it were in force, the gate would deny every request by it."}
      </p>
      <ul className="mt-2 flex flex-col gap-2">
        {unreadable.map(({ place, why, text }) => (
          <li key={place}>
            {text === null ? (
              `Rule ${place}`
            ) : (
              <details>
                <summary className="cursor-pointer wrap-anywhere">
                  Rule {place}: {why}
                </summary>
                <pre className="mt-1 rounded-md border border-line bg-surface p-2 text-xs whitespace-pre-wrap wrap-anywhere text-text">
                  {text}
                </pre>
              </details>
            )}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
