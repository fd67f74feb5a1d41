"use client";
import { useOptimistic, useTransition } from "react";
import { reaching } from "@/components/form/unreachable";
import { Label } from "@/components/ui/label";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import { setDetails } from "../actions";

/** Whether messages that leave the console say what an action is about. */
export function DetailsSwitch({ details }: { details: boolean }) {
  const [shown, show] = useOptimistic(details);
  const [, startTransition] = useTransition();
  const change = (next: boolean) =>
    startTransition(async () => {
      show(next);
      const saved = await reaching(() => setDetails({ details: next }));
      if (saved.ok)
        toast.success(next ? "Messages carry details from now on" : "Messages carry no details from now on");
      else toast.error(saved.error.message);
    });
  return (
    <div className="flex items-start gap-2.5">
      <Switch id="details" checked={shown} onCheckedChange={change} aria-describedby="details-hint" />
      <div className="flex flex-col gap-1">
        <Label htmlFor="details">Say what an action is about</Label>
        <p id="details-hint" className="text-xs text-muted">
          E-mail, chat and webhooks name the action, the agent, the risk and the deadline, and link to the rest. With
          this on they also say what it would be done to, which may be somebody's personal data. Arguments never leave
          the console.
        </p>
      </div>
    </div>
  );
}
