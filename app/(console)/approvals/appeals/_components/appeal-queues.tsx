import Link from "next/link";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/components/ui/format/number";
import { APPEAL_QUEUES, type AppealQueue } from "@/lib/appeals/views";
import { appealsParams } from "../search-params";

const LABELS: Record<AppealQueue, string> = { mine: "For me", waiting: "All waiting", answered: "Answered" };

/** Which appeals are looked at. */
export function AppealQueues({ queue, counts }: { queue: AppealQueue; counts: { mine: number; waiting: number } }) {
  const countOf = (one: AppealQueue) => (one === "answered" ? null : counts[one]);
  return (
    <nav aria-label="Appeals" className="flex gap-0.5 rounded-md border border-line bg-surface-2 p-0.5">
      {APPEAL_QUEUES.map((one) => {
        const count = countOf(one);
        return (
          <Button key={one} asChild size="sm" variant={one === queue ? "secondary" : "ghost"}>
            <Link
              href={appealsParams.href("/approvals/appeals", { show: one })}
              aria-current={one === queue ? "page" : undefined}
            >
              {LABELS[one]}
              {count !== null && count > 0 && <span className="tabular-nums text-muted">{formatCount(count)}</span>}
            </Link>
          </Button>
        );
      })}
    </nav>
  );
}
