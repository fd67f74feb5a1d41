import Link from "next/link";
import { RunStatusBadge } from "@/components/domain/run-status-badge";
import { formatPlural } from "@/components/ui/format/number";
import { Time } from "@/components/ui/time";
import type { IncidentRunView } from "@/lib/incidents/views";

/** The runs of an incident, latest first. */
export function IncidentRuns({ runs }: { runs: readonly IncidentRunView[] }) {
  if (runs.length === 0) return <p className="text-sm text-muted">No single run: it is about the agent.</p>;
  return (
    <ul className="flex flex-col divide-y divide-line text-sm">
      {runs.map((run) => (
        <li key={run.id} className="relative flex flex-wrap items-center gap-x-3 gap-y-1 py-2 first:pt-0 last:pb-0">
          <Link
            href={`/runs/${run.id}`}
            className="font-mono text-xs underline-offset-4 after:absolute after:inset-0 hover:underline"
          >
            …{run.id.slice(-8)}
          </Link>
          <RunStatusBadge status={run.status} />
          <span className="text-xs text-muted">
            <Time value={run.startedAt} />
            {run.toolErrors > 0 && ` · ${formatPlural(run.toolErrors, "tool error")} in a row`}
          </span>
        </li>
      ))}
    </ul>
  );
}
