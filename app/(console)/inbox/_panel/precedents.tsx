import Link from "next/link";
import { ApprovalStateBadge } from "@/components/domain/approval-state-badge";
import { formatPlural } from "@/components/ui/format/number";
import { Time } from "@/components/ui/time";
import { AgentText } from "@/components/ui/agent-text";
import type { ApprovalView } from "@/lib/inbox/panel";

/** How this agent's earlier requests for the same action ended. */
export function Precedents({ precedents: { counts, latest } }: { precedents: ApprovalView["precedents"] }) {
  const total = counts.approved + counts.rejected + counts.expired + counts.cancelled;
  if (total === 0) return <p className="text-sm text-muted">The first time that this agent asks for this.</p>;
  const parts = [
    counts.approved > 0 ? `${counts.approved} approved` : null,
    counts.rejected > 0 ? `${counts.rejected} rejected` : null,
    counts.expired > 0 ? `${counts.expired} expired` : null,
    counts.cancelled > 0 ? `${counts.cancelled} cancelled` : null,
  ].filter((part) => part !== null);
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm">
        Of {formatPlural(total, "request")}: {parts.join(", ")}.
      </p>
      <ul className="flex flex-col gap-2.5">
        {latest.map((one) => (
          <li key={one.id} className="text-sm">
            <div className="flex items-center gap-2">
              <ApprovalStateBadge state={one.state} />
              <Link
                href={`/approvals/${one.id}`}
                prefetch={false}
                className="min-w-0 flex-1 truncate font-mono text-xs underline-offset-4 hover:underline"
              >
                <AgentText text={one.target ?? "no target"} />
              </Link>
              <Time value={one.decidedAt ?? one.requestedAt} className="text-xs text-muted" />
            </div>
            {(one.decidedBy !== null || one.comment !== null) && (
              <p className="mt-0.5 text-xs text-muted wrap-anywhere">
                {[one.decidedBy, one.comment && `“${one.comment}”`].filter((part) => part).join(": ")}
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
