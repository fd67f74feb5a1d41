"use client";
import { Bot } from "lucide-react";
import Link from "next/link";

import { agentsParams } from "@/app/(console)/agents/search-params";
import { AGENT_STATUSES, AgentStatusBadge } from "@/components/domain/agent-status-badge";
import { AgentChip } from "@/components/domain/agent-chip";
import { TierBadge } from "@/components/domain/tier-badge";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { useLive } from "@/components/live/live";
import { Dot } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatCount, formatPercent } from "@/components/ui/format/number";
import { Money } from "@/components/ui/money";
import { Time } from "@/components/ui/time";
import type { AgentRow } from "@/lib/agents/queries";
import { TIERS } from "@/lib/agents/schemas";
import { UnpricedMark } from "@/app/(console)/_components/unpriced-mark";

const column = columnsOf<AgentRow>();

const NOTHING = <span className="text-faint">–</span>;

const columns = column.columns([
  column.accessor("name", {
    header: "Agent",
    cell: ({ row }) => <AgentChip name={row.original.name} />,
  }),
  column.accessor((agent) => agent.team?.name ?? "", {
    id: "team",
    header: "Team",
    meta: { className: "max-w-36 truncate" },
    cell: ({ row }) => row.original.team?.name ?? NOTHING,
  }),
  column.accessor((agent) => agent.owner.name, {
    id: "owner",
    header: "Owner",
    meta: { className: "max-w-32 truncate" },
  }),
  column.accessor("tier", { header: "Tier", cell: ({ getValue }) => <TierBadge tier={getValue()} /> }),
  column.accessor("status", {
    header: "Status",
    meta: { card: "corner" },
    cell: ({ row: { original: agent } }) => (
      <span className="inline-flex items-center gap-2">
        <AgentStatusBadge status={agent.status} />
        {agent.running > 0 && (
          <span title="Running now" className="inline-flex items-center gap-1 text-xs tabular-nums text-info-text">
            <Dot tone="info" live />
            {formatCount(agent.running)}
            <span className="sr-only"> running</span>
          </span>
        )}
        {agent.suspendedBy !== null && <span className="text-xs text-deny-text">by {agent.suspendedBy}</span>}
      </span>
    ),
  }),
  column.accessor("model", {
    header: "Model",
    meta: { className: "max-w-32 truncate", hiddenByDefault: true },
    cell: ({ getValue }) => (getValue() === null ? NOTHING : <span className="font-mono text-xs">{getValue()}</span>),
  }),
  column.accessor("version", {
    header: "Version",
    meta: { align: "end", hiddenByDefault: true },
    cell: ({ getValue }) => `v${getValue()}`,
  }),
  column.accessor("runs", {
    header: "Runs",
    meta: { align: "end" },
    cell: ({ getValue }) => (getValue() === 0 ? NOTHING : formatCount(getValue())),
  }),
  column.accessor((agent) => agent.denials, {
    id: "denials",
    header: "Denied",
    meta: { align: "end", label: "Denial rate" },
    cell: ({ row: { original: agent } }) =>
      agent.decisions === 0 ? (
        NOTHING
      ) : (
        <span title={`${formatCount(agent.denials)} of ${formatCount(agent.decisions)} decisions`}>
          {formatPercent(agent.denials / agent.decisions)}
        </span>
      ),
  }),
  column.accessor("costMicroUsd", {
    id: "cost",
    header: "Cost",
    meta: { align: "end" },
    cell: ({ row: { original: agent } }) =>
      agent.runs === 0 ? (
        NOTHING
      ) : (
        <span className="inline-flex items-center gap-1 align-middle">
          <UnpricedMark calls={agent.unpricedCalls} />
          <Money microUsd={agent.costMicroUsd} />
        </span>
      ),
  }),
  column.accessor("lastSeenAt", {
    id: "seen",
    header: "Last seen",
    meta: { align: "end" },
    cell: ({ getValue }) => {
      const seen = getValue();
      return seen === null ? <span className="text-faint">never</span> : <Time value={seen} />;
    },
  }),
]);

const STATUS_OPTIONS = Object.entries(AGENT_STATUSES).map(([value, { label }]) => ({ value, label }));
const TIER_OPTIONS = TIERS.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }));

export function AgentsTable({ rows, total }: { rows: readonly AgentRow[]; total: number }) {
  useLive(["agents", "runs", "chart"]);
  return (
    <DataTable
      fill
      name="Agents"
      noun={{ one: "agent", many: "agents" }}
      params={agentsParams}
      columns={columns}
      rows={rows}
      rowId={(agent) => agent.id}
      rowHref={(agent) => `/agents/${agent.slug}`}
      paging={{ kind: "page", total }}
      searchLabel="Search agents"
      descFirst={["runs", "denials", "cost", "seen"]}
      facets={[
        { id: "status", label: "Status", options: STATUS_OPTIONS },
        { id: "tier", label: "Tier", options: TIER_OPTIONS },
      ]}
      empty={{
        icon: Bot,
        title: "No agents yet",
        description: "Make one here or in the chart, or describe a whole organisation in one file.",
        action: (
          <>
            <Button variant="primary" asChild>
              <Link href="/chart">Draw the chart</Link>
            </Button>
            <Button asChild>
              <Link href="/">Connect an agent</Link>
            </Button>
          </>
        ),
      }}
    />
  );
}
