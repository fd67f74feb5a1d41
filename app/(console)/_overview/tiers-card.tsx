import Link from "next/link";

import { agentsParams } from "@/app/(console)/agents/search-params";
import { TierBadge } from "@/components/domain/tier-badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatCount } from "@/components/ui/format/number";
import type { Fleet } from "@/lib/overview/queries";
import { TIERS } from "@/lib/tiers/matrices";

/** How much the fleet is trusted with: agents by tier, retired ones left out. */
export function TiersCard({ fleet }: { fleet: Fleet }) {
  const most = Math.max(1, ...TIERS.map((tier) => fleet.tier[tier]));
  return (
    <Card>
      <CardHeader title="Agents by tier" />
      <CardBody className="py-3">
        <ul className="flex flex-col gap-1.5 text-sm">
          {TIERS.map((tier) => (
            <li key={tier} className="relative flex items-center gap-3 rounded-sm hover:bg-surface-2">
              <Link
                href={agentsParams.href("/agents", { tier: [tier] })}
                className="w-28 shrink-0 after:absolute after:inset-0"
              >
                <TierBadge tier={tier} />
              </Link>
              <span aria-hidden className="h-1.5 flex-1 overflow-hidden rounded-full bg-surface-3">
                <span
                  className="block h-full rounded-full bg-accent"
                  style={{ width: `${(fleet.tier[tier] / most) * 100}%` }}
                />
              </span>
              <span className="w-10 text-right tabular-nums">{formatCount(fleet.tier[tier])}</span>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
