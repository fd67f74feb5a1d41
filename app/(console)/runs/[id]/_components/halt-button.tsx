"use client";
import { CircleStop } from "lucide-react";
import { useRouter } from "next/navigation";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { Button } from "@/components/ui/button";
import { formatPlural } from "@/components/ui/format/number";
import { toast } from "@/components/ui/toast";
import { halt } from "../../actions";

interface HaltButtonProps {
  runId: string;
  agentName: string;
  childCount: number;
}

/** Ends a run at once. It cannot be taken back, so it asks why. */
export function HaltButton({ runId, agentName, childCount }: HaltButtonProps) {
  const router = useRouter();
  const children =
    childCount === 0 ? "" : ` ${formatPlural(childCount, "run")} that it started can decide nothing more.`;
  return (
    <ReasonDialog
      title="Halt this run"
      description={`${agentName}'s next request is denied, and what it waits for is cancelled.${children} This cannot be taken back; the agent itself stays active.`}
      confirm="Halt"
      hint="Kept with the run and in the audit trail."
      action={(fields) => halt({ runId, reason: fields.text("reason") })}
      onDone={() => {
        toast.success("The run is halted");
        router.refresh();
      }}
      trigger={
        <Button variant="danger-quiet">
          <CircleStop aria-hidden />
          Halt
        </Button>
      }
    />
  );
}
