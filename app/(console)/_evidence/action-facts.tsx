import { CircleDollarSign, Database, Gauge, HelpCircle, RotateCcw, Undo2, Unlink, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import type { ActionLabel, DecisionDetail } from "@/lib/decisions/decision-detail";

/** What going ahead would mean: whether it can be undone, how much hangs on it, whose data it touches, what it costs. */
export function ActionFacts({ action, estimate }: { action: ActionLabel; estimate: DecisionDetail["estimate"] }) {
  return (
    <ul className="flex flex-col gap-1.5 text-sm">
      <Undoing action={action} />
      {action.impact !== null && (
        <Fact icon={Gauge} strong={action.impact === "high"}>
          {IMPACTS[action.impact]}
        </Fact>
      )}
      {action.dataClasses.length > 0 && (
        <Fact icon={Database}>
          Touches{" "}
          {action.dataClasses.map((one) => (
            <Badge key={one} className="mr-1">
              {one}
            </Badge>
          ))}
        </Fact>
      )}
      {estimate !== null && (
        <Fact icon={CircleDollarSign}>
          The agent expects{" "}
          {[
            estimate.costUsd === null ? null : `$${estimate.costUsd}`,
            estimate.tokens === null ? null : `${estimate.tokens} tokens`,
          ]
            .filter((part) => part !== null)
            .join(" and ")}
          .
        </Fact>
      )}
    </ul>
  );
}

const IMPACTS = { high: "High impact.", medium: "Medium impact.", low: "Low impact." };

function Undoing({ action }: { action: ActionLabel }) {
  const by = action.rollback === null ? "" : ` by ${action.rollback}`;
  switch (action.reversibility) {
    case "irreversible":
      return (
        <Fact icon={Unlink} strong>
          Cannot be undone.
        </Fact>
      );
    case "compensable":
      return <Fact icon={RotateCcw}>Cannot be undone, but can be made good{by}.</Fact>;
    case "reversible":
      return <Fact icon={Undo2}>Can be undone{by}.</Fact>;
    case null:
      return (
        <Fact icon={HelpCircle} strong>
          Not in the catalogue: nobody has said what it does, or whether it can be undone.
        </Fact>
      );
  }
}

function Fact({ icon: Icon, strong = false, children }: { icon: LucideIcon; strong?: boolean; children: ReactNode }) {
  return (
    <li className={cn("flex gap-2", strong && "font-medium text-deny-text")}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </li>
  );
}
