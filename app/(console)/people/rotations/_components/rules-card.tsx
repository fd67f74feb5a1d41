import Link from "next/link";

import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value";
import type { Rotation } from "@/lib/rotations/on-call";
import { clockOfMinute } from "@/lib/rotations/schemas";
import type { RotationDetail } from "@/lib/rotations/views";

interface RulesCardProps {
  slug: string;
  rules: RotationDetail["rules"];
  node: RotationDetail["node"];
  plan: Rotation;
}

/** How turns change, and which rules in force ask whoever is on call. */
export function RulesCard({ slug, rules, node, plan }: RulesCardProps) {
  const unit = plan.shiftLength === 1 ? plan.shiftUnit.slice(0, -1) : plan.shiftUnit;
  return (
    <Card>
      <CardHeader title="How it works" />
      <CardBody className="flex flex-col gap-4">
        <KeyValueList
          items={[
            { label: "A turn lasts", value: `${plan.shiftLength} ${unit}` },
            { label: "Handover", value: `${clockOfMinute(plan.handoverMinute)}, ${plan.zone}` },
            { label: "Kept by", value: node.name },
            { label: "In rules", value: <code className="font-mono text-xs">rotation:{slug}</code> },
          ]}
        />
        <section aria-label="Rules that ask it" className="flex flex-col gap-1 text-sm">
          <h3 className="text-xs font-medium text-muted">Rules that ask it</h3>
          {rules.length === 0 ? (
            <p className="text-muted">No rule in force does.</p>
          ) : (
            <ul className="flex flex-col gap-1">
              {rules.map(({ policy, rule }) => (
                <li key={`${policy}/${rule}`} className="truncate">
                  <Link href={`/policies/${policy}`} className="font-mono text-xs underline underline-offset-2">
                    {policy}/{rule}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </section>
      </CardBody>
    </Card>
  );
}
