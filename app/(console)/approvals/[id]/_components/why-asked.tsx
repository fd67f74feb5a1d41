import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { DecisionDetail } from "@/lib/decisions/decision-detail";
import { decisiveChecks } from "@/lib/decisions/stored-checks";
import Link from "next/link";
import { CheckTrace } from "../../../_evidence/check-trace";

/** Which checks asked for a person, with what they saw; the others are one press away. */
export function WhyAsked({ decision }: { decision: DecisionDetail }) {
  const decisive = decisiveChecks(decision.checks);
  const others = decision.checks.filter((check) => !decisive.includes(check));
  return (
    <Card>
      <CardHeader
        title="Why a person is asked"
        actions={
          <Link
            href={`/decisions/${decision.id}`}
            className="text-xs text-accent-text underline-offset-4 hover:underline"
          >
            The whole decision
          </Link>
        }
      />
      <CardBody className="flex flex-col gap-3">
        {decisive.length === 0 ? (
          <p className="text-sm">{decision.message}</p>
        ) : (
          <CheckTrace checks={decisive} rules={decision.rules} />
        )}
        {others.length > 0 && (
          <details>
            <summary className="w-fit cursor-pointer rounded-sm text-xs text-muted hover:text-foreground">
              {others.length === 1 ? "The other check" : `The other ${others.length} checks`}
            </summary>
            <div className="mt-3">
              <CheckTrace checks={others} rules={decision.rules} />
            </div>
          </details>
        )}
      </CardBody>
    </Card>
  );
}
