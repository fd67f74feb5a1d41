import Link from "next/link";

import { CriteriaList } from "@/app/(console)/autonomy/_components/criteria-list";
import { PromotionActions } from "@/app/(console)/autonomy/_components/promotion-actions";
import { TierStep } from "@/app/(console)/autonomy/_components/tier-step";
import { AgentChip } from "@/components/domain/agent-chip";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { Plain } from "@/lib/kernel/plain";
import type { PromotionRow } from "@/lib/promotions/queries";

const EXCLUDED = {
  requester: "You asked for it, so somebody else decides.",
  owner: "You answer for this agent, or did at its tier, so somebody else decides.",
} as const;

/** A promotion that waits: who asks, the record against what is asked, and what the viewer may do. */
export function PromotionCard({
  promotion,
  linked,
}: {
  promotion: PromotionRow | Plain<PromotionRow>;
  linked: boolean;
}) {
  const { agent, criteria, may, excluded } = promotion;
  const unmet = criteria.filter((criterion) => !criterion.met).length;
  const changed = agent.tier !== promotion.fromTier;
  return (
    <Card>
      <CardBody className="grid gap-x-8 gap-y-4 lg:grid-cols-2">
        <div className="flex flex-col gap-3">
          <span className="flex flex-wrap items-center gap-3">
            {linked && (
              <Link
                href={`/agents/${agent.slug}/autonomy`}
                className="rounded-sm font-medium underline-offset-4 hover:underline"
              >
                <AgentChip name={agent.name} slug={agent.slug} />
              </Link>
            )}
            <TierStep from={promotion.fromTier} to={promotion.toTier} />
          </span>
          <p className="text-sm">“{promotion.reason}”</p>
          <p className="text-xs text-muted">
            {promotion.requestedBy ?? "Suggested by Remit"}, <Time value={promotion.requestedAt} />. Record of version{" "}
            {promotion.agentVersion}
            {agent.version !== promotion.agentVersion && `; it is version ${agent.version} now`}.
          </p>
          {changed && (
            <p className="text-sm text-escalate-text">Its tier was changed since: this can only be withdrawn.</p>
          )}
          {excluded !== null && <p className="text-sm text-muted">{EXCLUDED[excluded]}</p>}
        </div>
        <div>
          <p className="mb-1 text-xs font-medium text-muted">
            When asked: {unmet === 0 ? "every criterion met" : `${unmet} of ${criteria.length} criteria not met`}
          </p>
          <CriteriaList criteria={criteria} />
        </div>
      </CardBody>
      {(may.decide || may.withdraw) && (
        <CardFooter>
          <PromotionActions
            id={promotion.id}
            name={agent.name}
            toTier={promotion.toTier}
            version={agent.version}
            may={may}
          />
        </CardFooter>
      )}
    </Card>
  );
}
