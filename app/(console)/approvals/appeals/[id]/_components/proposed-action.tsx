import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Code } from "@/components/ui/code-block";
import type { DecisionDetail } from "@/lib/decisions/decision-detail";
import { ActionFacts } from "../../../../_evidence/action-facts";
import { ArgumentsView, Value } from "../../../../_evidence/arguments-view";

/** What would be done, with exactly which arguments, and what that means. */
export function ProposedAction({ decision }: { decision: DecisionDetail }) {
  const { action, args, resource } = decision;
  return (
    <Card>
      <CardHeader title="Proposed action" actions={<Code>{action.id}</Code>} />
      <CardBody className="flex flex-col gap-4">
        {action.description !== null && <p className="text-sm wrap-anywhere">{action.description}</p>}
        <ActionFacts action={action} estimate={decision.estimate} />
        <section className="flex flex-col gap-1.5">
          <h3 className="text-xs font-medium text-muted">With these arguments, and no others</h3>
          <ArgumentsView value={args} label="Arguments" />
        </section>
        {resource !== null && (
          <section className="flex flex-col gap-1.5">
            <h3 className="text-xs font-medium text-muted">On</h3>
            <div className="text-sm">
              <Value value={resource} depth={0} />
            </div>
          </section>
        )}
      </CardBody>
    </Card>
  );
}
