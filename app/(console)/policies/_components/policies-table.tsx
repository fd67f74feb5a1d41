"use client";
import { Scale } from "lucide-react";
import Link from "next/link";

import { EffectCounts } from "@/app/(console)/policies/_components/effect-counts";
import { DraftBadge } from "@/app/(console)/policies/_components/policy-badges";
import { policiesParams } from "@/app/(console)/policies/search-params";
import { Sparkline } from "@/components/charts/sparkline";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { useLive } from "@/components/live/live";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatCount, formatPlural } from "@/components/ui/format/number";
import { Time } from "@/components/ui/time";
import type { PolicyListRow } from "@/lib/policies/list-queries";

const column = columnsOf<PolicyListRow>();

const columns = column.columns([
  column.accessor("name", {
    header: "Policy",
    cell: ({ row: { original: policy } }) => (
      <span className="flex min-w-0 items-baseline gap-x-2 @max-2xl:flex-col">
        <span className="max-w-full truncate">{policy.name}</span>
        <span className="max-w-full shrink-[2] truncate font-mono text-xs font-normal text-muted">{policy.id}</span>
      </span>
    ),
  }),
  column.accessor("rules", {
    header: "Rules",
    meta: { align: "end" },
    cell: ({ getValue, row: { original: policy } }) =>
      policy.unreadable === 0 ? (
        formatCount(getValue())
      ) : (
        <span className="inline-flex items-center gap-2">
          <Badge tone="deny">{policy.unreadable} unreadable</Badge>
          {formatCount(getValue())}
        </span>
      ),
  }),
  column.accessor("version", {
    header: "In force",
    meta: { card: "corner" },
    cell: ({ row: { original: policy } }) => {
      if (policy.retired) return <Badge>Retired</Badge>;
      if (policy.version === null) return <span className="text-faint">never</span>;
      return <Badge tone="allow">Version {policy.version}</Badge>;
    },
  }),
  column.accessor("draft", {
    header: "Draft",
    cell: ({ getValue }) => {
      const draft = getValue();
      if (draft === null) return <span className="text-faint">–</span>;
      return (
        <span className="flex items-center gap-1.5">
          <DraftBadge state={draft.state} />
          <span className="truncate text-xs text-muted">{draft.by}</span>
        </span>
      );
    },
  }),
  column.accessor((policy) => policy.hits.total, {
    id: "hits",
    header: "Applied, 30 days",
    meta: { label: "Applied, last 30 days" },
    cell: ({ row: { original: policy } }) =>
      policy.hits.total === 0 ? (
        <span className="text-faint">–</span>
      ) : (
        <span className="flex items-center gap-3">
          <Sparkline
            values={policy.hits.daily}
            label={`${formatPlural(policy.hits.total, "hit")} over the last 30 days`}
            className="h-5 w-16"
          />
          <EffectCounts counts={policy.hits.counts} />
        </span>
      ),
  }),
  column.accessor((policy) => policy.published?.at ?? null, {
    id: "published",
    header: "Last published",
    cell: ({ row: { original: policy } }) =>
      policy.published === null ? (
        <span className="text-faint">–</span>
      ) : (
        <span className="flex min-w-0 gap-1.5">
          <Time value={policy.published.at} />
          <span className="truncate text-muted">by {policy.published.by ?? "the operator"}</span>
        </span>
      ),
  }),
]);

const STATES = [
  { value: "in_force", label: "In force" },
  { value: "draft", label: "With a draft" },
  { value: "retired", label: "Retired" },
];

interface PoliciesTableProps {
  rows: readonly PolicyListRow[];
  total: number;
  mayWrite: boolean;
}

export function PoliciesTable({ rows, total, mayWrite }: PoliciesTableProps) {
  useLive(["policies", "hits"]);
  return (
    <DataTable
      fill
      name="Policies"
      noun={{ one: "policy", many: "policies" }}
      params={policiesParams}
      columns={columns}
      rows={rows}
      rowId={(policy) => policy.id}
      rowHref={(policy) => `/policies/${policy.id}`}
      paging={{ kind: "page", total }}
      searchLabel="Search policies"
      descFirst={["rules", "hits", "published"]}
      facets={[{ id: "state", label: "State", options: STATES }]}
      empty={{
        icon: Scale,
        title: "No policies yet",
        description:
          "Until there are rules, the agents' grants and tiers alone say what they may do. Start from a template: refunds over an amount, bulk changes, mail to outsiders.",
        action: mayWrite ? (
          <Button asChild variant="primary">
            <Link href="/policies/~new">New policy</Link>
          </Button>
        ) : undefined,
      }}
    />
  );
}
