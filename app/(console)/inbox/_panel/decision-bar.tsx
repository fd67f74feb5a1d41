"use client";
import { Check, MessageCircleQuestion, MessageSquare, MessageSquareCheck, PencilLine, Undo2, X } from "lucide-react";
import type { ReactNode } from "react";
import { TimeLeft } from "@/components/domain/time-left";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import type { ApprovalView } from "@/lib/inbox/panel";
import { PanelBar } from "./panel-frame";
import type { PanelHandle } from "./panel-handle";
import { useDeliberate } from "./use-deliberate";

interface DecisionBarProps {
  approval: ApprovalView;
  handle: PanelHandle;
  can: { decide: boolean; edit: boolean; undo: boolean };
  undoThis: () => void;
  /** Assign and snooze. */
  menus: ReactNode;
}

/** What can be done with a request, by button or key. High risk is never approved with one press. */
export function DecisionBar({ approval, handle, can, undoThis, menus }: DecisionBarProps) {
  const pending = approval.state === "pending";
  const approve = useDeliberate(handle.approve);
  return (
    <PanelBar>
      {can.decide && (
        <>
          <Button variant="primary" className="max-sm:flex-1" onClick={approve}>
            <Check aria-hidden />
            {approval.risk === "high" ? "Approve…" : "Approve"}
            <Kbd keys="a" className="max-sm:hidden" />
          </Button>
          {can.edit && (
            <Button onClick={handle.edit} className="max-sm:flex-1">
              <PencilLine aria-hidden />
              Edit
              <Kbd keys="e" className="max-sm:hidden" />
            </Button>
          )}
          <Button variant="danger-quiet" className="max-sm:flex-1" onClick={handle.reject}>
            <X aria-hidden />
            Reject
            <Kbd keys="r" className="max-sm:hidden" />
          </Button>
        </>
      )}
      {can.undo && (
        <Button onClick={undoThis}>
          <Undo2 aria-hidden />
          {pending ? "Take my approval back" : "Undo"}
          <Kbd keys="u" className="max-sm:hidden" />
        </Button>
      )}
      <span className="flex-1 max-sm:hidden" />
      {pending && <TimeLeft deadline={approval.deadline} className="text-sm max-sm:mr-auto" />}
      <span className="flex items-center gap-0.5">
        {can.decide && approval.risk !== "high" && (
          <Button
            variant="ghost"
            size="icon"
            aria-label="Decide with a comment"
            title="Approve with a comment (Shift A)"
            onClick={handle.approveWithComment}
          >
            <MessageSquareCheck aria-hidden />
          </Button>
        )}
        {can.decide && (
          <Button variant="ghost" size="icon" aria-label="Ask the agent" title="Ask the agent (Q)" onClick={handle.ask}>
            <MessageCircleQuestion aria-hidden />
          </Button>
        )}
        <Button variant="ghost" size="icon" aria-label="Comment" title="Comment (C)" onClick={handle.comment}>
          <MessageSquare aria-hidden />
        </Button>
        {menus}
      </span>
    </PanelBar>
  );
}
