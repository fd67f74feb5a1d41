import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatPlural } from "@/components/ui/format/number";
import { Hash } from "@/components/ui/hash";
import { KeyValueList } from "@/components/ui/key-value";
import { Time } from "@/components/ui/time";
import type { VersionRow } from "@/lib/agents/agent-queries";
import type { BoundaryChange } from "@/lib/agents/boundary-diff";
import type { Boundary } from "@/lib/agents/schemas";

const LABELS: Record<keyof Boundary, string> = {
  name: "Name",
  purpose: "Purpose",
  tier: "Tier",
  model: "Model",
  framework: "Framework",
  instructionsHash: "Instructions",
  systemsRead: "Systems read",
  systemsWritten: "Systems written",
  neverData: "Never data",
  delegates: "Delegates to",
};

interface VersionCardProps {
  version: VersionRow;
  current: boolean;
  /** Number of the version before, that `changes` is measured against; null when that is not known. */
  before: number | null;
  changes: readonly BoundaryChange[] | null;
}

/** One version: who made it when, how often it ran, and what it changed. */
export function VersionCard({ version, current, before, changes }: VersionCardProps) {
  return (
    <Card>
      <CardHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            Version {version.number}
            {current && <Badge tone="accent">current</Badge>}
          </span>
        }
        description={
          <>
            <Time value={version.createdAt} format="minute" /> by {version.createdBy ?? "the operator"} ·{" "}
            {formatPlural(version.runs, "run")}
          </>
        }
        actions={<Hash value={version.contentHash} label="boundary hash" show={{ start: 12 }} />}
      />
      <CardBody>
        {changes === null ? (
          <KeyValueList items={stated(version.boundary)} />
        ) : changes.length === 0 ? (
          <p className="text-sm text-muted">Nothing that the boundary says has changed since version {before}.</p>
        ) : (
          <KeyValueList
            items={changes.map((change) => ({ label: LABELS[change.field], value: <Change change={change} /> }))}
          />
        )}
      </CardBody>
    </Card>
  );
}

/** What a version says, without what it leaves open. */
function stated(boundary: Boundary) {
  return (Object.keys(LABELS) as (keyof Boundary)[]).flatMap((field) => {
    const value = boundary[field];
    const text = Array.isArray(value) ? value.join(", ") : value;
    return text === null || text === "" ? [] : [{ label: LABELS[field], value: text }];
  });
}

function Change({ change }: { change: BoundaryChange }) {
  const removed = change.kind === "list" ? change.removed : change.before === null ? [] : [change.before];
  const added = change.kind === "list" ? change.added : change.after === null ? [] : [change.after];
  return (
    <span className="flex flex-col items-start gap-0.5">
      {removed.map((text) => (
        <del key={text} className="rounded-sm bg-deny-soft px-1 text-deny-text no-underline">
          − {text}
        </del>
      ))}
      {added.map((text) => (
        <ins key={text} className="rounded-sm bg-allow-soft px-1 text-allow-text no-underline">
          + {text}
        </ins>
      ))}
    </span>
  );
}
