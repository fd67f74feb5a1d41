"use client";
import { ListFilter } from "lucide-react";

import { TimeRange } from "@/app/(console)/_components/time-range";
import { hitsParams } from "@/app/(console)/policies/[slug]/hits/search-params";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import type { FacetOption } from "@/components/data-table/facet-filter";
import { AgentChip } from "@/components/domain/agent-chip";
import { EffectBadge } from "@/components/domain/effect-badge";
import { RULE_EFFECT_LOOK } from "@/components/domain/rule-effect-badge";
import { useLive } from "@/components/live/live";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import { actionTitle } from "@/lib/decisions/words";
import type { HitDecision } from "@/lib/policies/hits-queries";
import { RULE_EFFECTS } from "@/lib/policies/schemas";

const column = columnsOf<HitDecision>();

const columns = column.columns([
  column.accessor((decision) => actionTitle(decision.action, decision.actionTitle), {
    id: "action",
    header: "Action",
    cell: ({ row: { original }, getValue }) => (
      <span className="flex min-w-0 items-baseline gap-2">
        <span className="truncate">{getValue()}</span>
        {original.target !== null && (
          <span className="shrink-[2] truncate font-mono text-xs font-normal text-muted">{original.target}</span>
        )}
      </span>
    ),
  }),
  column.accessor((decision) => decision.agent.name, {
    id: "agent",
    header: "Agent",
    cell: ({ row: { original } }) => <AgentChip name={original.agent.name} href={`/agents/${original.agent.slug}`} />,
  }),
  column.accessor("effect", {
    header: "Decided",
    meta: { card: "corner" },
    cell: ({ row: { original } }) => (
      <span className="flex items-center gap-1.5">
        <EffectBadge effect={original.effect === "allow" && original.review ? "review" : original.effect} />
        {original.shadow && <Badge tone="info">Shadow</Badge>}
      </span>
    ),
  }),
  column.accessor("rules", {
    header: "Rules that held",
    meta: { className: "max-w-72 truncate" },
    cell: ({ getValue }) => <span className="font-mono text-xs">{getValue().join(", ")}</span>,
  }),
  column.accessor("message", { header: "Said", meta: { className: "max-w-80 truncate", hiddenByDefault: true } }),
  column.accessor("at", { header: "When", cell: ({ getValue }) => <Time value={getValue()} /> }),
]);

interface HitsTableProps {
  slug: string;
  rows: readonly HitDecision[];
  total: number;
  agents: readonly FacetOption[];
  rules: readonly FacetOption[];
}

export function HitsTable({ slug, rows, total, agents, rules }: HitsTableProps) {
  useLive(["hits"]);
  return (
    <DataTable
      fill
      name={`Decisions by ${slug}`}
      noun={{ one: "decision", many: "decisions" }}
      params={hitsParams}
      columns={columns}
      rows={rows}
      rowId={(decision) => decision.id}
      rowHref={(decision) => `/decisions/${decision.id}`}
      paging={{ kind: "page", total }}
      facets={[
        { id: "rule", label: "Rule", options: rules },
        {
          id: "effect",
          label: "Rule's effect",
          options: RULE_EFFECTS.map((value) => ({ value, label: RULE_EFFECT_LOOK[value].label })),
        },
        { id: "agent", label: "Agent", options: agents },
        {
          id: "mode",
          label: "Runs",
          options: [
            { value: "live", label: "Live" },
            { value: "shadow", label: "Shadow" },
          ],
        },
      ]}
      toolbar={<TimeRange />}
      empty={{
        icon: ListFilter,
        title: "No decision met these rules",
        description: "Decisions in which one of the policy's rules held appear here within seconds.",
      }}
    />
  );
}
