"use client";
import { Check, X } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { useAction } from "@/components/form/use-action";
import { TimeLeft } from "@/components/domain/time-left";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { toast } from "@/components/ui/toast";
import type { Risk } from "@/lib/approvals/views";
import { approve, reject } from "../../actions";
import { useFreshPress } from "./use-fresh-press";

export interface DecisionBarProps {
  approvalId: string;
  canDecide: boolean;
  risk: Risk;
  agentName: string;
  actionTitle: string;
  irreversible: boolean;
  deadline: Date;
  backHref: string;
  previousHref: string | null;
  nextHref: string | null;
  afterHref: string | null;
  /** Exactly what would be done, shown again where it is confirmed. */
  summary: ReactNode;
}

/** Approve or reject, by button or key; what waits next opens by itself. High risk is never approved with one press. */
export function DecisionBar(props: DecisionBarProps) {
  const { approvalId, canDecide, risk, agentName, afterHref, backHref } = props;
  const router = useRouter();
  const announce = useAnnounce();
  const freshPress = useFreshPress();
  const [asking, setAsking] = useState<"approve" | "reject" | null>(null);
  const during = (which: "approve" | "reject") => ({
    open: asking === which,
    onOpenChange: (open: boolean) => setAsking(open ? which : null),
  });
  const done = (what: "Approved" | "Rejected") => {
    toast.done(what, what === "Approved" ? `${agentName} may go on.` : `${agentName} is told.`);
    announce(afterHref === null ? `${what}. Nothing else waits.` : `${what}. The next request is open.`);
    // What waits next is there already (its link is prefetched); the refresh brings the rest of the page up to date behind it.
    router.push(afterHref ?? backHref);
    router.refresh();
  };
  // Told as soon as the answer is here: the page may be rendered anew, without these buttons, before a form would say so.
  const telling = async <T extends { ok: boolean }>(what: "Approved" | "Rejected", answer: Promise<T>): Promise<T> => {
    const result = await answer;
    if (result.ok) done(what);
    return result;
  };
  const { run: approveNow, pending } = useAction(approve, { onSuccess: () => done("Approved") });
  const startApproving = () => {
    if (risk === "high") setAsking("approve");
    else approveNow({ approvalId });
  };

  useHotkeys(
    [
      { keys: "a", label: "Approve", group: "Approval", palette: true, run: () => freshPress() && startApproving() },
      {
        keys: "shift+a",
        label: "Approve with a comment",
        group: "Approval",
        palette: true,
        run: () => setAsking("approve"),
      },
      { keys: "r", label: "Reject", group: "Approval", palette: true, run: () => setAsking("reject") },
    ],
    { enabled: canDecide && !pending },
  );
  useHotkeys([
    { keys: "j", label: "Next request", group: "Approval", run: () => props.nextHref && router.push(props.nextHref) },
    {
      keys: "k",
      label: "Previous request",
      group: "Approval",
      run: () => props.previousHref && router.push(props.previousHref),
    },
    { keys: "u", label: "Back to the queue", group: "Approval", run: () => router.push(backHref) },
  ]);

  if (!canDecide) {
    return (
      <Bar>
        <span className="flex-1" />
        {afterHref === null ? (
          <Button asChild>
            <Link href={backHref}>Back to the queue</Link>
          </Button>
        ) : (
          <Button asChild>
            <Link href={afterHref}>
              Next waiting request
              <Kbd keys="j" className="max-sm:hidden" />
            </Link>
          </Button>
        )}
      </Bar>
    );
  }
  return (
    <Bar>
      <span className="min-w-0 flex-1 max-sm:basis-full">
        <TimeLeft deadline={props.deadline} className="text-sm" />
      </span>
      <ReasonDialog
        {...during("reject")}
        title={`Reject: ${props.actionTitle}`}
        description={`${agentName} is told at once, with your reason. This cannot be taken back.`}
        confirm="Reject"
        hint="The agent reads it, and it is kept in the audit trail."
        action={(fields) => telling("Rejected", reject({ approvalId, comment: fields.text("reason") }))}
        trigger={
          <Button variant="danger-quiet" className="max-sm:flex-1" disabled={pending}>
            <X aria-hidden />
            Reject
            <Kbd keys="r" className="max-sm:hidden" />
          </Button>
        }
      />
      <ReasonDialog
        {...during("approve")}
        tone="primary"
        title={`Approve: ${props.actionTitle}`}
        description={<WhatHappens {...props} />}
        confirm="Approve"
        label="Comment"
        hint="The agent reads it, and it is kept in the audit trail."
        required={false}
        action={(fields) => telling("Approved", approve({ approvalId, comment: fields.optional("reason") }))}
      >
        {props.summary}
      </ReasonDialog>
      <Button variant="primary" className="max-sm:flex-1" pending={pending} onClick={startApproving}>
        <Check aria-hidden />
        {risk === "high" ? "Approve…" : "Approve"}
        <Kbd keys="a" className="max-sm:hidden" />
      </Button>
    </Bar>
  );
}

function WhatHappens({ agentName, irreversible }: DecisionBarProps) {
  return (
    <>
      {agentName} may do this once, with exactly these arguments.
      {irreversible && <strong className="block font-medium text-deny-text">What it does cannot be undone.</strong>}
    </>
  );
}

function Bar({ children }: { children: ReactNode }) {
  return (
    <section
      aria-label="Decide"
      className="sticky bottom-0 z-10 border-t border-line bg-background px-4 py-3 sm:px-6 xl:rounded-br-lg"
    >
      <div className="mx-auto flex w-full max-w-5xl flex-wrap items-center gap-2">{children}</div>
    </section>
  );
}
