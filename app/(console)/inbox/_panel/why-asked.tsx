"use client";
import Link from "next/link";
import type { DecisionDetail } from "@/lib/decisions/decision-detail";
import { decisiveChecks } from "@/lib/decisions/stored-checks";
import { CheckTrace } from "../../_evidence/check-trace";
import { Folded } from "./folded";
import { Section } from "./section";
import { useReadings } from "./use-readings";

/** Which checks asked for a person (or refused), with the rule's text and what each test in it came to; the others are one press away. */
export function WhyAsked({ decision, title = "Why a person is asked" }: { decision: DecisionDetail; title?: string }) {
  const readings = useReadings(decision.id);
  const decisive = decisiveChecks(decision.checks);
  const others = decision.checks.filter((check) => !decisive.includes(check));
  return (
    <Section
      title={title}
      actions={
        <Link
          href={`/decisions/${decision.id}`}
          prefetch={false}
          className="text-xs text-accent-text underline-offset-4 hover:underline"
        >
          The whole decision
        </Link>
      }
    >
      {decisive.length === 0 ? (
        <p className="text-sm">{decision.message}</p>
      ) : (
        <CheckTrace checks={decisive} rules={decision.rules} readings={readings} />
      )}
      {others.length > 0 && (
        <Folded summary={others.length === 1 ? "The other check" : `The other ${others.length} checks`}>
          <div className="mt-3">
            <CheckTrace checks={others} rules={decision.rules} readings={readings} />
          </div>
        </Folded>
      )}
    </Section>
  );
}
