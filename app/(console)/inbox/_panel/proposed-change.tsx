import Link from "next/link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Code } from "@/components/ui/code-block";
import { JsonDiff } from "@/components/ui/json-diff";
import { Time } from "@/components/ui/time";
import type { ApprovalView } from "@/lib/inbox/panel";
import type { Json } from "@/lib/kernel/json";
import { ActionFacts } from "../../_evidence/action-facts";
import { Value } from "../../_evidence/arguments-view";
import { ChangeView } from "./change-view";

/** What would be done, with exactly which arguments against what stands there now, what that costs, and whether it can be undone. */
export function ProposedChange({ approval }: { approval: ApprovalView }) {
  const { decision, args, present, edited } = approval;
  const { action, resource } = decision;
  return (
    <Card>
      <CardHeader title="Proposed action" actions={<Code>{action.id}</Code>} />
      <CardBody className="flex flex-col gap-4">
        {action.description !== null && <p className="text-sm wrap-anywhere">{action.description}</p>}
        <ActionFacts action={action} estimate={decision.estimate} />
        <section className="flex flex-col gap-1.5">
          <h3 className="text-xs font-medium text-muted">With these arguments, and no others</h3>
          <ChangeView args={args} present={present} />
          {approval.argsCut && (
            <p className="text-sm text-escalate-text">
              They are too large to be shown whole.{" "}
              <Link href={`/decisions/${decision.id}`} className="underline underline-offset-4">
                The whole decision
              </Link>{" "}
              has all of them.
            </p>
          )}
        </section>
        {edited !== null && (
          <section className="flex flex-col gap-1.5">
            <h3 className="text-xs font-medium text-muted">
              {edited.by} changed what was asked, <Time value={edited.at} />
            </h3>
            <JsonDiff before={decision.args} after={args} />
          </section>
        )}
        {resource !== null && !isInHead(resource) && (
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

const NAMES = new Set(["type", "id", "name", "label", "title"]);

/** A resource that only names itself stands behind the title already. */
const isInHead = (resource: Json): boolean =>
  typeof resource !== "object" || resource === null || Object.keys(resource).every((key) => NAMES.has(key));
