"use client";
import { demote, request } from "@/app/(console)/autonomy/actions";
import { SelectField } from "@/components/form/fields";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { TIERS } from "@/lib/tiers/matrices";

interface AutonomyButtonsProps {
  agentId: string;
  name: string;
  /** The tier that may be asked for; null where nothing may. */
  next: (typeof TIERS)[number] | null;
  ready: boolean;
  /** Tiers that it may be lowered to. */
  lower: readonly (typeof TIERS)[number][];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Asks for the next tier; takes trust back. */
export function AutonomyButtons({ agentId, name, next, ready, lower }: AutonomyButtonsProps) {
  const nearest = lower[0];
  return (
    <>
      {next !== null && (
        <ReasonDialog
          title={`Ask for ${next} for ${name}`}
          description={
            ready
              ? "Its record meets every criterion. A person above decides."
              : "Its record does not meet every criterion yet. A person above sees that, and decides."
          }
          confirm="Ask"
          tone="primary"
          label="Why"
          action={(fields) => request({ agentId, reason: fields.text("reason") })}
          onDone={() => toast.success("Asked", "A person above decides.")}
          trigger={<Button variant={ready ? "primary" : "secondary"}>Ask for {capital(next)}</Button>}
        />
      )}
      {nearest !== undefined && (
        <ReasonDialog
          title={`Demote ${name}`}
          description="Binds its next decision, in every run. Earning the tier back takes a promotion."
          confirm="Demote"
          action={(fields) =>
            demote({
              agentId,
              tier: TIERS.find((tier) => tier === fields.text("tier")) ?? nearest,
              reason: fields.text("reason"),
            })
          }
          onDone={() => toast.success(`${name} is demoted`)}
          trigger={<Button variant="danger-quiet">Demote</Button>}
        >
          <SelectField
            name="tier"
            label="To"
            required
            defaultValue={nearest}
            options={lower.map((tier) => ({ value: tier, label: capital(tier) }))}
          />
        </ReasonDialog>
      )}
      {next === null && nearest === undefined && <span>You may not change its tier.</span>}
    </>
  );
}
