"use client";
import { useRef, useState } from "react";
import { reaching } from "@/components/form/unreachable";
import { useAnnounce } from "@/components/ui/announcer";
import { toast } from "@/components/ui/toast";
import type { ApprovalView } from "@/lib/inbox/panel";
import type { Result } from "@/lib/kernel/result";
import { assign, claim, snooze, undo } from "../actions";
import { decidedLately } from "./held-decisions";
import type { Leaving, PanelHandle } from "./panel-handle";
import { refreshPanel } from "./panel-store";
import { undoHeld } from "./undo-held";
import { useDecide, type Decide } from "./use-decide";
import { whyNotDecide } from "./why-not";

const AGAIN_MS = 1_500;

/** What is open over the evidence. */
type Over = "approve" | "edit" | "reject" | "ask" | "comment" | "assign" | "snooze";

interface ApprovalActs {
  /** The viewer's approval is one of several that it needs. */
  voted: boolean;
  can: { decide: boolean; edit: boolean; undo: boolean };
  decide: Decide;
  handle: PanelHandle;
  /** Takes back the decision on this one. */
  undoThis: () => void;
  onAssign: (personId: string | null) => void;
  onSnooze: (until: string | null) => Promise<Result<unknown>>;
  over: (which: Over) => { open: boolean; onOpenChange: (open: boolean) => void };
}

/** Everything that a person can do with one approval, for buttons, keys and the list alike. */
export function useApprovalActs(
  key: string,
  approval: ApprovalView,
  viewer: { id: string },
  { onLeave, onReturn }: Leaving,
): ApprovalActs {
  const announce = useAnnounce();
  const decide = useDecide(key, approval, { onLeave, onReturn });
  const [open, setOpen] = useState<Over | null>(null);
  const sentMs = useRef(0);
  const { id: approvalId, state, standing, votes, releaseAt, decidedBy, assignee } = approval;
  const pending = state === "pending";
  const voted = votes.some((vote) => vote.person.id === viewer.id);
  const may = standing === "may_decide" && !voted;
  const can = {
    decide: may,
    edit: may && !approval.argsCut,
    undo: (pending && voted) || (releaseAt !== null && decidedBy?.id === viewer.id),
  };

  const told = async (answer: Promise<Result<unknown>>, says: string) => {
    const result = await answer;
    if (result.ok) announce(says);
    else toast.error(result.error.message);
    refreshPanel(key);
  };
  const onAssign = (personId: string | null) =>
    void told(
      reaching(() => assign({ approvalId, personId })),
      personId === null ? "Given back." : "Assigned.",
    );
  const onClaim = () =>
    void told(
      reaching(() => claim({ approvalId })),
      "You take care of it.",
    );
  const onSnooze = async (until: string | null) => {
    const result = await reaching(() => snooze({ approvalId, until }));
    if (!result.ok) {
      toast.error(result.error.message);
      return result;
    }
    refreshPanel(key);
    if (until === null) return result;
    onLeave(key, "snoozed");
    toast.undo("Snoozed", () => {
      onReturn(key);
      void reaching(() => snooze({ approvalId, until: null }));
    });
    return result;
  };
  const undoThis = () =>
    void undoHeld({
      key,
      title: approval.decision.action.title,
      takeBack: () => reaching(() => undo({ approvalId })),
      onReturn,
    });
  const undoLatest = () => {
    if (!decidedLately() && can.undo) undoThis();
    else void undoHeld();
  };
  /** A key that cannot do what it says tells why: the banner that does may be out of sight. */
  const sayWhy = () => {
    const why = whyNotDecide(approval, viewer.id);
    if (why !== null) toast.note(why.title, why.text);
  };
  const handle: PanelHandle = {
    approve: () => {
      if (!may) return sayWhy();
      if (approval.risk === "high") {
        setOpen("approve");
        return;
      }
      // A double click is one approval, where the panel is still there for the second.
      if (Date.now() - sentMs.current < AGAIN_MS) return;
      sentMs.current = Date.now();
      decide.approveAtOnce();
    },
    approveWithComment: () => (may ? setOpen("approve") : sayWhy()),
    edit: () => {
      if (can.edit) setOpen("edit");
      else if (may) toast.note("It is too long to be edited here");
      else sayWhy();
    },
    reject: () => (may ? setOpen("reject") : sayWhy()),
    ask: () => (may ? setOpen("ask") : sayWhy()),
    comment: () => setOpen("comment"),
    claim: () => {
      if (!may) sayWhy();
      else if (assignee?.id === viewer.id) onAssign(null);
      else onClaim();
    },
    snooze: () => (pending ? setOpen("snooze") : sayWhy()),
    // The latest of this tab comes first: that is what one just did, wherever it was.
    undo: undoLatest,
  };
  const over = (which: Over) => ({
    open: open === which,
    onOpenChange: (now: boolean) => setOpen(now ? which : null),
  });
  return { voted, can, decide, handle, undoThis, onAssign, onSnooze, over };
}
