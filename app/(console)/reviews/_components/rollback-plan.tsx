import { Undo2 } from "lucide-react";
import { Banner } from "@/components/ui/banner";
import { Code } from "@/components/ui/code-block";
import type { Plain } from "@/lib/kernel/plain";
import type { ReviewDetail } from "@/lib/reviews/views";
import { ArgumentsView } from "../../_evidence/arguments-view";
import { viaWords } from "./review-words";

interface RollbackPlanProps {
  plan: NonNullable<Plain<ReviewDetail>["plan"]>;
  agent: string;
}

/** What rolling back would do, with exactly which arguments and by whom; or why it cannot be done from here. */
export function RollbackPlan({ plan: planned, agent }: RollbackPlanProps) {
  if (!planned.ok)
    return (
      <Banner tone="escalate" icon={<Undo2 aria-hidden />} title="It cannot be rolled back from here">
        <p className="wrap-anywhere">{planned.message}</p>
      </Banner>
    );
  const { plan } = planned;
  return (
    <div className="flex flex-col gap-3">
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <span className="font-medium">{plan.title}</span>
        <Code>{plan.action}</Code>
      </p>
      <ArgumentsView value={plan.args} label="Arguments of the rollback" />
      <p className="text-sm text-muted wrap-anywhere">
        {viaWords(plan.via, plan.system.name, agent)}
        {plan.receiver !== null && <span className="font-mono text-xs"> {plan.receiver}</span>}
      </p>
    </div>
  );
}
