"use client";
import type { Ref } from "react";
import type { ApprovalView } from "@/lib/inbox/panel";
import { EvidencePanel } from "../../_evidence/evidence-panel";
import { ApprovalAside } from "./approval-aside";
import { ApprovalHead } from "./approval-head";
import { ApproveDialog } from "./approve-dialog";
import { AssignMenu } from "./assign-menu";
import { Columns } from "./columns";
import { DecisionBar } from "./decision-bar";
import { EditDialog } from "./edit-dialog";
import { PanelFrame } from "./panel-frame";
import type { Leaving, PanelHandle } from "./panel-handle";
import { ProposedChange } from "./proposed-change";
import { RejectDialog } from "./reject-dialog";
import { SayDialog } from "./say-dialog";
import { Section } from "./section";
import { SnoozeMenu } from "./snooze-menu";
import { StandingBanners } from "./standing-banners";
import { useApprovalActs } from "./use-approval-acts";
import { usePanelKeys } from "./use-panel-keys";
import { useSecondsLeft } from "./use-seconds-left";
import { WhyAsked } from "./why-asked";

interface ApprovalPanelProps extends Leaving {
  itemKey: string;
  approval: ApprovalView;
  viewer: { id: string; name: string };
  hotkeys: boolean;
  level: 1 | 2;
  ref?: Ref<PanelHandle> | undefined;
}

/** Enough to decide without opening another system: what, against what, why, on what grounds, for whom, after what, and like what before. */
export function ApprovalPanel({ itemKey, approval, viewer, hotkeys, level, ref, ...leaving }: ApprovalPanelProps) {
  const { decision } = approval;
  const acts = useApprovalActs(itemKey, approval, viewer, leaving);
  const { voted, can, decide, handle, over } = acts;
  const secondsLeft = useSecondsLeft(approval);
  usePanelKeys(handle, { ref, enabled: hotkeys });
  const menus = approval.state === "pending" && (
    <>
      {approval.standing === "may_decide" && (
        <AssignMenu {...over("assign")} approval={approval} viewerId={viewer.id} onAssign={acts.onAssign} />
      )}
      <SnoozeMenu {...over("snooze")} approval={approval} onSnooze={acts.onSnooze} />
    </>
  );
  return (
    <PanelFrame
      label={`Request: ${decision.action.title}`}
      bar={<DecisionBar approval={approval} handle={handle} can={can} undoThis={acts.undoThis} menus={menus} />}
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
        aside={<ApprovalAside approval={approval} handle={handle} canDecide={can.decide} />}
      />
      {/* Only what is open: five closed forms with each item would be most of what it costs to show the next. */}
      {can.decide && over("approve").open && (
        <ApproveDialog {...over("approve")} approval={approval} decide={decide} secondsLeft={secondsLeft} />
      )}
      {can.decide && over("edit").open && (
        <EditDialog {...over("edit")} approval={approval} decide={decide} secondsLeft={secondsLeft} />
      )}
      {can.decide && over("reject").open && <RejectDialog {...over("reject")} approval={approval} decide={decide} />}
      {can.decide && over("ask").open && (
        <SayDialog {...over("ask")} itemKey={itemKey} approval={approval} to="agent" />
      )}
      {over("comment").open && <SayDialog {...over("comment")} itemKey={itemKey} approval={approval} to="people" />}
    </PanelFrame>
  );
}
