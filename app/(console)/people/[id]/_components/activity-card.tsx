import { ScrollText } from "lucide-react";
import Link from "next/link";

import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import type { AuditRow } from "@/lib/audit/queries";

/** What the person did lately, as the audit trail tells it. */
export function ActivityCard({ rows, personId }: { rows: readonly AuditRow[]; personId: string }) {
  return (
    <Card>
      <CardHeader
        title="Recent activity"
        actions={
          rows.length > 0 && (
            <Link href={`/audit?actor=${personId}`} className="text-xs text-accent-text hover:underline">
              In the audit trail
            </Link>
          )
        }
      />
      {rows.length === 0 ? (
        <EmptyState
          level={3}
          icon={ScrollText}
          title="Nothing yet"
          description="What they change or decide is recorded and shown here."
        />
      ) : (
        <ol className="divide-y divide-line text-sm">
          {rows.map((row) => (
            <li key={`${row.stream} ${row.seq}`} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2">
              <span className="font-mono text-xs">{row.action}</span>
              <span className="min-w-0 flex-1 truncate text-muted">
                {[subjectOf(row), row.summary].filter(Boolean).join(" · ")}
              </span>
              <Time value={row.at} className="text-xs text-muted" />
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

const subjectOf = ({ subject, actor }: AuditRow): string => (subject.id === actor.id ? "" : (subject.name ?? ""));
