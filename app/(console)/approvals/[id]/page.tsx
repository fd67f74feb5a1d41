import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { countApprovals, listApprovals, nextWaiting } from "@/lib/approvals/list-queries";
import { getApproval } from "@/lib/approvals/queries";
import type { ApprovalRow } from "@/lib/approvals/views";
import { requireViewer } from "@/lib/auth/session";
import { approvalsParams, filterOf, itemHref, listParamsOf } from "../search-params";
import { ApprovalPanel } from "./_components/approval-panel";
import { QueueList } from "./_components/queue-list";

interface ApprovalPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function ApprovalPage({ params, searchParams }: ApprovalPageProps) {
  const [viewer, { id }, query] = await Promise.all([
    requireViewer("approval.read"),
    params,
    approvalsParams.load(searchParams),
  ]);
  const [approval, { rows, total }, counts, following] = await Promise.all([
    getApproval(viewer, id),
    listApprovals(viewer, listParamsOf(query)),
    countApprovals(viewer),
    nextWaiting(viewer, { ...filterOf(query), queue: query.queue === "decided" ? "mine" : query.queue }, id),
  ]);
  if (!approval) notFound();
  const { previous, next } = neighbours(rows, id);
  const href = (to: string | null | undefined) => (to ? itemHref(query, to) : null);
  return (
    <div className="xl:grid xl:h-full xl:grid-cols-[21rem_minmax(0,1fr)]">
      <Crumbs items={[{ label: approval.decision.action.title }]} />
      <Live topics={["approvals", `approval:${id}`, `run:${approval.decision.runId}`]} />
      <QueueList query={query} rows={rows} total={total} counts={counts} current={id} />
      <ApprovalPanel
        // Nothing of one item (a half-written reason, a guard on its keys) may reach the next.
        key={id}
        approval={approval}
        viewerName={viewer.person.name}
        position={positionOf(rows, id, total)}
        backHref={approvalsParams.href("/approvals", query)}
        previousHref={href(previous)}
        nextHref={href(next ?? following)}
        // What opens after deciding is what waits, even when one came from the decided ones.
        afterHref={
          following ? itemHref(query.queue === "decided" ? { ...query, queue: "mine" } : query, following) : null
        }
      />
    </div>
  );
}

function neighbours(rows: readonly ApprovalRow[], id: string): { previous: string | null; next: string | null } {
  const place = rows.findIndex((row) => row.id === id);
  if (place === -1) return { previous: null, next: null };
  return { previous: rows[place - 1]?.id ?? null, next: rows[place + 1]?.id ?? null };
}

function positionOf(rows: readonly ApprovalRow[], id: string, total: number): { place: number; total: number } | null {
  const place = rows.findIndex((row) => row.id === id);
  return place === -1 ? null : { place: place + 1, total };
}
