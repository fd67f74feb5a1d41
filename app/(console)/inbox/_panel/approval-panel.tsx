"use client";
import Link from "next/link";
import { useState, type Ref } from "react";
import { reaching } from "@/components/form/unreachable";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { ApprovalView } from "@/lib/inbox/panel";
import type { Result } from "@/lib/kernel/result";
import { PrincipalChain } from "../../_evidence/principal-chain";
import { EvidencePanel } from "../../_evidence/evidence-panel";
import { CompactTimeline } from "../../runs/_components/compact-timeline";
import { assign, claim, snooze, undo } from "../actions";
import { ApprovalHead } from "./approval-head";
import { ApproveDialog } from "./approve-dialog";
import { AskedCard } from "./asked-card";
import { AssignMenu } from "./assign-menu";
import { Columns } from "./columns";
import { Conversation } from "./conversation";
import { DecisionBar } from "./decision-bar";
import { EditDialog } from "./edit-dialog";
import { PanelFrame } from "./panel-frame";
import type { Leaving, PanelHandle } from "./panel-handle";
import { refreshPanel } from "./panel-store";
import { Precedents } from "./precedents";
import { ProposedChange } from "./proposed-change";
import { RejectDialog } from "./reject-dialog";
import { SayDialog } from "./say-dialog";
import { Section } from "./section";
import { SnoozeMenu } from "./snooze-menu";
import { StandingBanners } from "./standing-banners";
import { undoHeld } from "./undo-held";
import { useDecide } from "./use-decide";
import { usePanelKeys } from "./use-panel-keys";
import { useSecondsLeft } from "./use-seconds-left";
import { VotesCard } from "./votes-card";
import { WhyAsked } from "./why-asked";

export interface ApprovalPanelProps extends Leaving {
  itemKey: string;
  approval: ApprovalView;
  viewer: { id: string; name: string };
  hotkeys: boolean;
  level: 1 | 2;
  ref?: Ref<PanelHandle>;
}

type Open = "approve" | "edit" | "reject" | "ask" | "comment" | "assign" | "snooze" | null;

/** Enough to decide without opening another system: what, against what, why, on what grounds, for whom, after what, and like what before. */
export function ApprovalPanel(props: ApprovalPanelProps) {
  const { itemKey, approval, viewer, hotkeys, level, ref, onLeave, onReturn } = props;
  const { decision, trail } = approval;
  const announce = useAnnounce();
  const decide = useDecide(itemKey, approval, { onLeave, onReturn });
  const secondsLeft = useSecondsLeft(approval);
  const [open, setOpen] = useState<Open>(null);
  const during = (which: Open) => ({
    open: open === which,
    onOpenChange: (now: boolean) => setOpen(now ? which : null),
  });

  const pending = approval.state === "pending";
  const voted = approval.votes.some((vote) => vote.person.id === viewer.id);
  const canDecide = approval.standing === "may_decide" && !voted;
  const canUndo = (pending && voted) || (approval.releaseAt !== null && approval.decidedBy?.id === viewer.id);
  const canEdit = canDecide && !approval.argsCut;

  const told = async (result: Promise<Result<unknown>>, says: string) => {
    const answer = await result;
    if (answer.ok) announce(says);
    else toast.error(answer.error.message);
    refreshPanel(itemKey);
  };
  const onSnooze = async (until: string | null) => {
    const result = await reaching(() => snooze({ approvalId: approval.id, until }));
    if (!result.ok) {
      toast.error(result.error.message);
      return result;
    }
    refreshPanel(itemKey);
    if (until === null) return result;
    onLeave(itemKey, "snoozed");
    toast.undo("Snoozed", () => {
      onReturn(itemKey);
      void snooze({ approvalId: approval.id, until: null });
    });
    return result;
  };
  const handle: PanelHandle = {
    approve: () => {
      if (!canDecide) return;
      if (approval.risk === "high") setOpen("approve");
      else decide.approveAtOnce();
    },
    edit: () => canEdit && setOpen("edit"),
    reject: () => canDecide && setOpen("reject"),
    ask: () => canDecide && setOpen("ask"),
    comment: () => setOpen("comment"),
    claim: () => {
      if (!canDecide) return;
      const mine = approval.assignee?.id === viewer.id;
      const { id: approvalId } = approval;
      if (mine)
        void told(
          reaching(() => assign({ approvalId, personId: null })),
          "Given back.",
        );
      else
        void told(
          reaching(() => claim({ approvalId })),
          "You take care of it.",
        );
    },
    snooze: () => pending && setOpen("snooze"),
    undo: () => void undoHeld(announce, canUndo ? { ...heldOf(itemKey, approval), onReturn } : undefined),
  };
  usePanelKeys(handle, { ref, enabled: hotkeys });

  return (
    <PanelFrame
      label={`Request: ${decision.action.title}`}
      bar={
        <DecisionBar
          approval={approval}
          handle={handle}
          canDecide={canDecide}
          canUndo={canUndo}
          canEdit={canEdit}
          menus={
            pending && (
              <>
                {approval.standing === "may_decide" && (
                  <AssignMenu
                    {...during("assign")}
                    approval={approval}
                    viewerId={viewer.id}
                    onAssign={(personId) =>
                      void told(
                        reaching(() => assign({ approvalId: approval.id, personId })),
                        personId === null ? "Given back." : "Assigned.",
                      )
                    }
                  />
                )}
                <SnoozeMenu {...during("snooze")} approval={approval} onSnooze={onSnooze} />
              </>
            )
          }
        />
      }
    >
      <ApprovalHead approval={approval} level={level} />
      <StandingBanners approval={approval} viewer={viewer} voted={voted} />
      <Columns
        main={
          <>
            <ProposedChange approval={approval} />
            <WhyAsked decision={decision} />
            <Section title="The agent's grounds" description="Written by the agent. Remit has not checked it.">
              <EvidencePanel evidence={decision.evidence} />
            </Section>
          </>
        }
        aside={
          <>
            <VotesCard approval={approval} />
            <AskedCard asked={approval.asked} />
            <Conversation
              approval={approval}
              actions={
                <span className="flex gap-1">
                  {canDecide && (
                    <Button size="xs" variant="ghost" onClick={handle.ask}>
                      Ask the agent
                    </Button>
                  )}
                  <Button size="xs" variant="ghost" onClick={handle.comment}>
                    Comment
                  </Button>
                </span>
              }
            />
            <Section title="Who asks for whom">
              <PrincipalChain trail={trail} />
            </Section>
            <Section
              title="What the run did so far"
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
              <CompactTimeline entries={approval.before} runId={decision.runId} />
            </Section>
            <Section title="Similar requests before">
              <Precedents precedents={approval.precedents} />
            </Section>
          </>
        }
      />
      {canDecide && (
        <>
          <ApproveDialog {...during("approve")} approval={approval} decide={decide} secondsLeft={secondsLeft} />
          <EditDialog {...during("edit")} approval={approval} decide={decide} secondsLeft={secondsLeft} />
          <RejectDialog {...during("reject")} approval={approval} decide={decide} />
          <SayDialog {...during("ask")} itemKey={itemKey} approval={approval} to="agent" />
        </>
      )}
      <SayDialog {...during("comment")} itemKey={itemKey} approval={approval} to="people" />
    </PanelFrame>
  );
}

/** A decision that this page knows of, though another tab made it. */
const heldOf = (key: string, approval: ApprovalView) => ({
  key,
  takeBack: () => reaching(() => undo({ approvalId: approval.id })),
  title: approval.decision.action.title,
});
