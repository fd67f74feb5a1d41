import type { ReactNode } from "react";

import { EffectBadge } from "@/components/domain/effect-badge";
import { Card, CardBody } from "@/components/ui/card";
import type { DecisionDetail } from "@/lib/decisions/decision-detail";
import { decisiveChecks } from "@/lib/decisions/stored-checks";
import { checkWords } from "@/lib/decisions/check-words";

const ANSWERS = {
  allow: "It may.",
  review: "It may, and a person looks at it afterwards.",
  escalate: "A person decides first.",
  deny: "It may not.",
} as const;

interface InShortProps {
  decision: DecisionDetail;
  onBehalfOf: string | null;
  /** While it waits: who is asked. */
  children?: ReactNode;
}

/** The decision in three sentences: who wanted what, the answer, and why. */
export function InShort({ decision, onBehalfOf, children }: InShortProps) {
  const { agent, action, target, effect, reviewDeadline, code } = decision;
  const answer = effect === "allow" && reviewDeadline !== null ? "review" : effect;
  const decisive = decisiveChecks(decision.checks);
  const [first] = decisive.filter((check) => check.outcome === (answer === "allow" ? "" : answer));
  const signIn = code === "reauthentication_required";
  return (
    <Card className="border-line-strong">
      <CardBody className="flex flex-col gap-2">
        <p className="text-base leading-6 wrap-anywhere">
          <strong className="font-semibold">{agent.name}</strong> asked whether it may{" "}
          <strong className="font-semibold">{lower(action.title)}</strong>
          {target !== null && <span className="font-mono text-sm"> {target}</span>}
          {action.system !== null && <> in {action.system}</>}
          {onBehalfOf !== null && <>, for {onBehalfOf}</>}.
        </p>
        <p className="flex flex-wrap items-center gap-2 text-sm">
          <EffectBadge effect={answer} />
          <span>{signIn ? "The person whom it is done for signs in again first." : ANSWERS[answer]}</span>
        </p>
        <p className="text-sm text-muted wrap-anywhere">{because(first, decision)}</p>
        <p className="mt-1 border-l-2 border-line pl-3 text-sm text-muted wrap-anywhere">
          The agent was told: “{decision.message}”
        </p>
        {children}
      </CardBody>
    </Card>
  );
}

/** A review does not stand in the way. */
const OBJECTIONS: ReadonlySet<string> = new Set(["deny", "escalate"]);

function because(check: ReturnType<typeof decisiveChecks>[number] | undefined, decision: DecisionDetail): string {
  if (!check) {
    const passed = decision.checks.filter((one) => one.outcome === "pass").length;
    const approved = decision.redeemedApprovalId !== null ? " A person approved exactly this." : "";
    return `Because none of the ${decision.checks.length} checks spoke against it; ${passed} passed.${approved}`;
  }
  const others = decision.checks.filter((one) => one !== check && OBJECTIONS.has(one.outcome)).length;
  const more = others > 0 ? ` ${others === 1 ? "One other check" : `${others} other checks`} objected as well.` : "";
  return `${checkWords(check.check).label}: ${check.message}${more}`;
}

const lower = (text: string): string => (/^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1));
