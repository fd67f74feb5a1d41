import Link from "next/link";
import { AgentChip } from "@/components/domain/agent-chip";
import { RunStatusBadge } from "@/components/domain/run-status-badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Code } from "@/components/ui/code-block";
import { formatCount } from "@/components/ui/format/number";
import { Hash } from "@/components/ui/hash";
import { KeyValueList } from "@/components/ui/key-value";
import { Time } from "@/components/ui/time";
import type { RunDetail } from "@/lib/runs/views";
import { PrincipalChain } from "../../../_evidence/principal-chain";

/** Under whose authority it ran, what narrowed it, and whom it delegated to. */
export function RunFacts({ run }: { run: RunDetail }) {
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Card>
        <CardHeader title="Under whose authority" />
        <CardBody>
          <PrincipalChain trail={run.trail} />
        </CardBody>
      </Card>
      {run.childCount > 0 && <Delegated run={run} />}
      <Card>
        <CardHeader title="Session" />
        <CardBody className="py-2">
          <KeyValueList
            items={[
              { label: "Run", value: <Hash value={run.id} label="run id" show={{ end: 8 }} /> },
              { label: "Started", value: <Time value={run.startedAt} format="second" /> },
              { label: "Ended", value: run.endedAt && <Time value={run.endedAt} format="second" /> },
              {
                label: "Lease until",
                value: run.endedAt === null ? <Time value={run.leaseUntil} format="second" /> : "ended with the run",
              },
              {
                label: "Credential",
                value:
                  run.credential === null
                    ? "a parent run's token"
                    : `${run.credential.name} (${run.credential.prefix}…)`,
              },
              {
                label: "Narrowed to",
                value:
                  run.scope.length === 0 ? (
                    "all that the agent may do"
                  ) : (
                    <span className="flex flex-wrap gap-1">
                      {run.scope.map((pattern) => (
                        <Code key={pattern}>{pattern}</Code>
                      ))}
                    </span>
                  ),
              },
            ]}
          />
        </CardBody>
      </Card>
    </div>
  );
}

function Delegated({ run }: { run: RunDetail }) {
  const more = run.childCount - run.children.length;
  return (
    <Card>
      <CardHeader title="Delegated runs" description={formatCount(run.childCount)} />
      <ul className="divide-y divide-line">
        {run.children.map((child) => (
          <li key={child.id}>
            <Link
              href={`/runs/${child.id}`}
              prefetch={false}
              className="flex items-center gap-2 px-4 py-2 text-sm hover:bg-surface-2"
            >
              <AgentChip name={child.agent.name} className="min-w-0 flex-1" />
              <RunStatusBadge status={child.status} />
            </Link>
          </li>
        ))}
        {more > 0 && <li className="px-4 py-2 text-xs text-muted">{formatCount(more)} more in the timeline</li>}
      </ul>
    </Card>
  );
}
