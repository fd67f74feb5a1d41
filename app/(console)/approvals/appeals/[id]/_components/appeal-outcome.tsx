import Link from "next/link";
import { AppealStateBadge } from "@/components/domain/appeal-state-badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { KeyValueList, type KeyValueItem } from "@/components/ui/key-value";
import { Time } from "@/components/ui/time";
import type { AppealDetail } from "@/lib/appeals/views";
import type { Plain } from "@/lib/kernel/plain";

type Shown = Pick<AppealDetail, "state" | "outcome" | "comment" | "decidedBy" | "decidedAt" | "permit">;

/** What was answered, by whom, and what came of it. */
export function AppealOutcome({ appeal }: { appeal: Shown | Plain<Shown> }) {
  const { permit } = appeal;
  const items: KeyValueItem[] = [
    { label: "Answer", value: <AppealStateBadge state={appeal.state} outcome={appeal.outcome} /> },
    { label: "Why", value: appeal.comment },
    { label: "By", value: appeal.decidedBy },
    { label: "At", value: appeal.decidedAt && <Time value={appeal.decidedAt} format="second" /> },
  ];
  if (permit !== null) {
    items.push({
      label: "Permit",
      value: (
        <>
          {permit.redeemedAt !== null ? (
            <>
              used <Time value={permit.redeemedAt} />
            </>
          ) : (
            <>
              not used{" "}
              {permit.validUntil !== null && (
                <>
                  , good until <Time value={permit.validUntil} format="minute" />
                </>
              )}
            </>
          )}
          {" · "}
          <Link href={`/approvals/${permit.approvalId}`} className="text-accent-text underline underline-offset-4">
            open it
          </Link>
        </>
      ),
    });
  }
  return (
    <Card>
      <CardHeader title="Answered" />
      <CardBody>
        <KeyValueList items={items} />
      </CardBody>
    </Card>
  );
}
