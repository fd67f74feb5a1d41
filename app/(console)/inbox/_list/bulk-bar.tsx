"use client";
import { AlarmClock, Check, UserRoundCheck, UserRoundPlus, X } from "lucide-react";
import { useState } from "react";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { useFreshPress } from "@/components/hotkeys/use-fresh-press";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { formatPlural } from "@/components/ui/format/number";
import { Kbd } from "@/components/ui/kbd";
import type { Item } from "@/lib/inbox/item";
import { BulkAssign } from "./bulk-assign";
import { snoozeChoices, useBulk, type BulkEffects } from "./use-bulk";

interface BulkBarProps extends BulkEffects {
  picked: readonly Item[];
}

/** What can be done with several lines at once. Only what carries low risk is approved together, each by the same command as one by one. */
export function BulkBar({ picked, ...effects }: BulkBarProps) {
  const bulk = useBulk(picked, effects);
  const [open, setOpen] = useState<"reject" | "snooze" | "assign" | null>(null);
  const during = (which: "reject" | "snooze" | "assign") => ({
    open: open === which,
    onOpenChange: (now: boolean) => setOpen(now ? which : null),
  });
  const freshPress = useFreshPress();
  const many = bulk.approvals.length > 0;
  const group = "Selection";
  useHotkeys([
    { keys: "a", label: "Approve the selection", group, run: () => freshPress() && bulk.approve() },
    { keys: "r", label: "Reject the selection", group, run: () => many && setOpen("reject") },
    { keys: "i", label: "Take the selection", group, run: () => freshPress() && bulk.claim() },
    { keys: "h", label: "Snooze the selection", group, run: () => many && setOpen("snooze") },
  ]);
  return (
    <section
      aria-label="Selection"
      className="flex flex-wrap items-center gap-2 border-t border-line bg-background px-3 py-2.5 sm:px-4"
    >
      <span className="min-w-0 basis-full text-sm">
        <span className="flex items-center gap-1">
          <span className="flex-1 font-medium">{formatPlural(picked.length, "item")} selected</span>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label="Select none"
            title="Select none (Esc)"
            onClick={effects.clear}
          >
            <X aria-hidden />
          </Button>
        </span>
        {bulk.approvable.length < picked.length && (
          <span className="block text-xs text-muted">
            {bulk.approvable.length === 0
              ? "Only requests and reviews of low risk can be approved together."
              : `${bulk.approvable.length} of low risk can be approved together.`}
          </span>
        )}
      </span>
      <DropdownMenu {...during("snooze")}>
        <DropdownMenuTrigger asChild>
          <Button
            size="icon"
            variant="ghost"
            aria-label="Snooze"
            title="Snooze (H)"
            disabled={!many}
            pending={bulk.pending === "snooze"}
          >
            <AlarmClock aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          {snoozeChoices(bulk.approvals).map(({ id, label, at }) => (
            <DropdownMenuItem key={id} onSelect={() => bulk.snooze(at.toISOString())}>
              {label}
            </DropdownMenuItem>
          ))}
          {snoozeChoices(bulk.approvals).length === 0 && <DropdownMenuItem disabled>Due too soon</DropdownMenuItem>}
        </DropdownMenuContent>
      </DropdownMenu>
      <DropdownMenu {...during("assign")}>
        <DropdownMenuTrigger asChild>
          <Button size="icon" variant="ghost" aria-label="Assign" title="Assign" disabled={!many}>
            <UserRoundPlus aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <BulkAssign approvals={bulk.approvals} assign={bulk.assign} />
        </DropdownMenuContent>
      </DropdownMenu>
      <Button
        size="icon"
        variant="ghost"
        aria-label="Take"
        title="Take (I)"
        disabled={!many}
        pending={bulk.pending === "claim"}
        onClick={bulk.claim}
      >
        <UserRoundCheck aria-hidden />
      </Button>
      <span className="flex-1" />
      <ReasonDialog
        {...during("reject")}
        title={`Reject ${formatPlural(bulk.approvals.length, "request")}`}
        description="Each agent is told, with your reason."
        confirm="Reject"
        hint="The agents read it, and it is kept in the audit trail."
        action={(fields) => bulk.reject(fields.text("reason"))}
        trigger={
          <Button variant="danger-quiet" disabled={!many}>
            Reject
            <Kbd keys="r" className="max-sm:hidden" />
          </Button>
        }
      />
      <Button variant="primary" disabled={bulk.approvable.length === 0} onClick={bulk.approve}>
        <Check aria-hidden />
        Approve {bulk.approvable.length > 0 && bulk.approvable.length}
        <Kbd keys="a" className="max-sm:hidden" />
      </Button>
    </section>
  );
}
