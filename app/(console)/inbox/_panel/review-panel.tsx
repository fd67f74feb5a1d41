"use client";
import { Check, RotateCcw, Undo2 } from "lucide-react";
import Link from "next/link";
import { useRef, useState, type Ref } from "react";
import { AgentChip } from "@/components/domain/agent-chip";
import { ReviewStateBadge } from "@/components/domain/review-state-badge";
import { RiskLevelBadge } from "@/components/domain/risk-level-badge";
import { TimeLeft } from "@/components/domain/time-left";
import { AgentText } from "@/components/ui/agent-text";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Money } from "@/components/ui/money";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import type { ReviewView } from "@/lib/inbox/panel";
import { ActionFacts } from "../../_evidence/action-facts";
import { ArgumentsView, Value } from "../../_evidence/arguments-view";
import { EvidencePanel } from "../../_evidence/evidence-panel";
import { PrincipalChain } from "../../_evidence/principal-chain";
import { ReviewBanners } from "../../reviews/_components/review-banners";
import { LAPSE_WORDS } from "../../reviews/_components/review-words";
import { RollbackPlan } from "../../reviews/_components/rollback-plan";
import { RollbackProgress } from "../../reviews/_components/rollback-progress";
import { Columns } from "./columns";
import { OtherHead } from "./other-head";
import { PanelBar, PanelFrame } from "./panel-frame";
import type { Leaving, PanelHandle } from "./panel-handle";
import { AcceptDialog, RollBackDialog } from "./review-dialogs";
import { Section } from "./section";
import { useDeliberate } from "./use-deliberate";
import { usePanelKeys } from "./use-panel-keys";
import { useReview } from "./use-review";
import { WhyAsked } from "./why-asked";
import { whyNotReview } from "./why-not";

interface ReviewPanelProps extends Leaving {
  itemKey: string;
  review: ReviewView;
  viewer: { id: string; name: string };
  hotkeys: boolean;
  level: 1 | 2;
  ref?: Ref<PanelHandle>;
}

const onlyRequests = () => toast.note("A review is accepted or rolled back");
const AGAIN_MS = 1_500;

/** What an agent has done, what came of it, and what undoing it would do: to be accepted, or rolled back. */
export function ReviewPanel({ itemKey, review, viewer, hotkeys, level, ref, onLeave, onReturn }: ReviewPanelProps) {
  const { decision, trail, plan } = review;
  const acts = useReview(itemKey, review, { onLeave, onReturn });
  const [open, setOpen] = useState<"accept" | "roll_back" | null>(null);
  const sentMs = useRef(0);
  const during = (which: "accept" | "roll_back") => ({
    review,
    acts,
    open: open === which,
    onOpenChange: (now: boolean) => setOpen(now ? which : null),
  });
  const mayDecide = review.standing === "may_decide";
  const canAccept = mayDecide && review.state === "waiting";
  const canRollBack = mayDecide && plan?.ok === true;
  /** A key that cannot do what it says tells why: the banner that does may be out of sight. */
  const sayWhy = () => {
    const why = whyNotReview(review);
    if (why !== null) toast.note(why.title, why.text);
  };
  const handle: PanelHandle = {
    approve: () => {
      if (!canAccept) return sayWhy();
      if (review.risk === "high") {
        setOpen("accept");
        return;
      }
      // A double click is one decision, where the panel is still there for the second.
      if (Date.now() - sentMs.current < AGAIN_MS) return;
      sentMs.current = Date.now();
      acts.acceptAtOnce();
    },
    reject: () => {
      if (canRollBack) setOpen("roll_back");
      else if (mayDecide && plan?.ok === false) toast.note("It cannot be rolled back from here", plan.message);
      else sayWhy();
    },
    undo: acts.takeBack,
    approveWithComment: () => (canAccept ? setOpen("accept") : sayWhy()),
    edit: onlyRequests,
    ask: onlyRequests,
    comment: onlyRequests,
    claim: onlyRequests,
    snooze: onlyRequests,
  };
  usePanelKeys(handle, { ref, enabled: hotkeys });
  const accept = useDeliberate(handle.approve);
  return (
    <PanelFrame
      label={`Review: ${decision.action.title}`}
      bar={
        <PanelBar>
          {canAccept && (
            <Button variant="primary" className="max-sm:flex-1" onClick={accept}>
              <Check aria-hidden />
              {review.risk === "high" ? "Accept…" : "Accept"}
              <Kbd keys="a" className="max-sm:hidden" />
            </Button>
          )}
          {canRollBack && (
            <Button variant="danger-quiet" className="max-sm:flex-1" onClick={handle.reject}>
              <RotateCcw aria-hidden />
              {review.state === "rollback_failed" ? "Try again…" : "Roll back…"}
              <Kbd keys="r" className="max-sm:hidden" />
            </Button>
          )}
          {review.mayUndo && (
            <Button onClick={handle.undo}>
              <Undo2 aria-hidden />
              Undo
              <Kbd keys="u" className="max-sm:hidden" />
            </Button>
          )}
          <span className="flex-1 max-sm:hidden" />
          {review.state === "waiting" && <TimeLeft deadline={review.deadline} className="text-sm" />}
        </PanelBar>
      }
    >
      <OtherHead
        level={level}
        lead={
          <>
            <AgentChip
              name={decision.agent.name}
              href={`/agents/${decision.agent.slug}`}
              className="font-medium text-foreground"
            />
            {review.reported?.ok === false ? "tried to" : "was allowed to"}
          </>
        }
        title={
          <>
            {decision.action.title}
            {decision.target !== null && (
              <span className="font-mono text-lg font-normal text-muted">
                {" "}
                <AgentText text={decision.target} />
              </span>
            )}
          </>
        }
      >
        {review.state !== "waiting" && <ReviewStateBadge state={review.state} />}
        <RiskLevelBadge risk={review.risk} />
        {review.state === "waiting" && <TimeLeft deadline={review.deadline} />}
        <span>
          <Time value={review.createdAt} />
        </span>
        {trail.onBehalfOf !== null && (
          <span className="wrap-anywhere">
            for <AgentText text={trail.onBehalfOf.subject} />
          </span>
        )}
        {review.state === "waiting" && <span>{LAPSE_WORDS[review.onLapse]}</span>}
      </OtherHead>
      <ReviewBanners review={review} viewer={viewer} />
      <Columns
        main={
          <>
            <Section title="What was done">
              <ActionFacts action={decision.action} estimate={decision.estimate} />
              <ArgumentsView value={decision.args} label="Arguments" />
            </Section>
            <Result review={review} />
            {review.rollbacks.length > 0 && (
              <Section title="Rollback">
                <RollbackProgress rollbacks={review.rollbacks} />
              </Section>
            )}
            {plan !== null && (
              <Section title="What rolling back would do">
                <RollbackPlan plan={plan} agent={decision.agent.name} />
              </Section>
            )}
          </>
        }
        aside={
          <>
            <WhyAsked decision={decision} title="Why a person looks at it" />
            <Section title="The agent's grounds" description="Written by the agent. Remit has not checked it.">
              <EvidencePanel evidence={decision.evidence} />
            </Section>
            <Section
              title="Who acts for whom"
              actions={
                <Link
                  href={`/runs/${decision.runId}?entry=${encodeURIComponent(`decision:${decision.id}`)}`}
                  prefetch={false}
                  className="text-xs text-accent-text underline-offset-4 hover:underline"
                >
                  Open the run
                </Link>
              }
            >
              <PrincipalChain trail={trail} />
            </Section>
          </>
        }
      />
      {canAccept && <AcceptDialog {...during("accept")} />}
      {canRollBack && <RollBackDialog {...during("roll_back")} />}
    </PanelFrame>
  );
}

/** What the agent said came of it, and what its run has cost. */
function Result({ review }: { review: ReviewView }) {
  const { reported, cost } = review;
  return (
    <Section title="What came of it" description="Reported by the agent.">
      {reported === null ? (
        <p className="text-sm text-muted">The agent has not reported a result yet.</p>
      ) : (
        <div className="flex flex-col gap-1.5 text-sm">
          <p className={reported.ok ? "text-allow-text" : "text-deny-text"}>
            {reported.ok ? "It worked" : "It failed"}, <Time value={reported.at} />
          </p>
          <Value value={reported.ok ? reported.result : reported.error} depth={0} />
          {reported.cut && <p className="text-xs text-muted">Parts of it are left out here.</p>}
        </div>
      )}
      <p className="text-sm text-muted">
        Its run has cost <Money microUsd={cost.microUsd} />
        {cost.unpriced > 0 && `, beside ${cost.unpriced} calls whose price is not known`}.
      </p>
    </Section>
  );
}
