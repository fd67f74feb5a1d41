import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { Banner } from "@/components/ui/banner";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Code } from "@/components/ui/code-block";
import type { RollbackOfAction } from "@/lib/rollbacks/action-rollback";

/** How a reviewer has this action undone: by which other one, with which arguments, and who carries it out. */
export function RollbackCard({ rollback }: { rollback: RollbackOfAction }) {
  const { action, system, fault, mapping } = rollback;
  return (
    <Card>
      <CardHeader title="Rollback" description="What a reviewer orders when this must be undone." />
      <CardBody className="flex flex-col gap-3 text-sm">
        <p>
          <Link href={`/catalogue/${action}`} className="underline-offset-4 hover:underline">
            <Code>{action}</Code>
          </Link>{" "}
          {system !== null && (
            <>
              on{" "}
              <Link href={`/catalogue/systems/${system.id}`} className="underline underline-offset-4">
                {system.name}
              </Link>
              , {system.called ? "whose receiver is called." : "fetched by the software of the agent that acted."}
            </>
          )}
        </p>
        {mapping === "$.args" ? (
          <p className="text-muted">With the arguments as they were.</p>
        ) : (
          <dl
            aria-label="How its arguments follow"
            className="@container divide-y divide-line rounded-md border border-line"
          >
            {Object.entries(mapping).map(([name, from]) => (
              <div key={name} className="grid gap-x-4 px-3 py-1.5 @xs:grid-cols-[minmax(4rem,8rem)_minmax(0,1fr)]">
                <dt className="text-muted wrap-anywhere">{name}</dt>
                <dd className="font-mono text-xs leading-5 wrap-anywhere">
                  {typeof from === "string" ? from : JSON.stringify(from)}
                </dd>
              </div>
            ))}
          </dl>
        )}
        {fault !== null && (
          <Banner tone="escalate" icon={<TriangleAlert aria-hidden />} title="Nobody can order it yet">
            <p className="wrap-anywhere">{fault}.</p>
          </Banner>
        )}
      </CardBody>
    </Card>
  );
}
