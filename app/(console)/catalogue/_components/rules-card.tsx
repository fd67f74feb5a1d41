import { Scale } from "lucide-react";
import Link from "next/link";

import { OutcomeBadge } from "@/app/(console)/_components/outcome-badge";
import { Card, CardHeader } from "@/components/ui/card";
import { Code } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import type { NamingRule } from "@/lib/catalogue/usage-queries";

/** The rules in force that are about an action. */
export function RulesCard({ rules }: { rules: readonly NamingRule[] }) {
  return (
    <Card>
      <CardHeader title="Rules that name it" description="In force, from published policies." />
      {rules.length === 0 ? (
        <EmptyState icon={Scale} title="No rule is about it" description="Tier and matrices alone decide." />
      ) : (
        <ul className="divide-y divide-line text-sm">
          {rules.map((rule) => (
            <li key={`${rule.policyId}/${rule.ruleId}`} className="flex items-start gap-3 px-4 py-2.5">
              <span className="w-26 shrink-0">
                <OutcomeBadge effect={rule.effect} />
              </span>
              <span className="flex min-w-0 flex-col items-start gap-0.5">
                <Link
                  href={`/policies/${rule.policyId}`}
                  className="rounded-sm font-medium underline-offset-4 hover:underline"
                >
                  {rule.policyName}
                </Link>
                <span className="text-xs break-words text-muted">{rule.description ?? rule.ruleId}</span>
                {rule.pattern.endsWith("*") && <Code>{rule.pattern}</Code>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
