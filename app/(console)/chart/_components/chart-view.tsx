"use client";
import { List, Network } from "lucide-react";
import dynamic from "next/dynamic";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { type KeyboardEvent, useEffect, useRef } from "react";

import { EnvelopeDialog } from "@/app/(console)/_envelopes/envelope-dialog";
import { ChartList } from "@/app/(console)/chart/_components/chart-list";
import { useChart } from "@/app/(console)/chart/_components/use-chart";
import { useNarrow } from "@/app/(console)/chart/_components/use-narrow";
import { CHART_VIEWS } from "@/app/(console)/chart/search-params";
import { ChartEdit } from "@/app/(console)/chart/_edit/chart-edit";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { useLive } from "@/components/live/live";
import { Button } from "@/components/ui/button";
import { formatCount, formatPlural } from "@/components/ui/format/number";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import type { ChartChoices } from "@/lib/agents/chart-choices";
import type { ChartNode } from "@/lib/agents/chart-queries";

// Its library is large, and draws nothing on the server.
const ChartCanvas = dynamic(
  () => import("@/app/(console)/chart/_components/chart-canvas").then((module) => module.ChartCanvas),
  {
    ssr: false,
    loading: () => <Skeleton className="min-h-96 flex-1 rounded-lg" />,
  },
);

interface ChartViewProps {
  nodes: readonly ChartNode[];
  initialFocus: string;
  /** For whoever may change the chart somewhere. */
  choices: ChartChoices | null;
  viewerId: string;
}

/** The chart or, with the same nodes, an indented list; a search that both share. */
export function ChartView({ nodes, initialFocus, choices, viewerId }: ChartViewProps) {
  useLive(["chart", "agents", "runs", "approvals", "envelopes"]);
  const chart = useChart(nodes, initialFocus);
  const [{ view }, set] = useQueryStates(
    { focus: parseAsString, view: parseAsStringLiteral(CHART_VIEWS) },
    { history: "replace" },
  );
  const narrow = useNarrow();
  const shown = view ?? (narrow ? "list" : "chart");
  const box = useRef<HTMLInputElement>(null);
  const looked = chart.current === null ? undefined : chart.byId.get(chart.current);
  const look = looked?.envelope ? looked : null;
  useHotkeys([{ keys: "/", label: "Search the chart", group: "Chart", run: () => box.current?.focus() }]);
  useHotkeys(
    [
      {
        keys: "e",
        label: "Envelope of the node",
        group: "Chart",
        palette: true,
        run: () => look && chart.openEnvelope(look.id),
      },
    ],
    { enabled: look !== null },
  );

  const slug = chart.current === null ? null : (chart.byId.get(chart.current)?.slug ?? null);
  useEffect(() => {
    if (slug !== null) void set({ focus: slug });
  }, [slug, set]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") chart.step(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") chart.search("");
  };
  const place = chart.current === null ? -1 : chart.matches.indexOf(chart.current);
  return (
    <section aria-label="Chart" className="flex min-h-0 flex-1 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Input
          ref={box}
          type="search"
          className="w-full sm:w-64"
          aria-label="Search the chart"
          placeholder="Search the chart"
          value={chart.query}
          onChange={(event) => chart.search(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <p aria-live="polite" className="text-xs tabular-nums text-muted">
          {chart.query === ""
            ? formatPlural(nodes.length, "node")
            : chart.matches.length === 0
              ? "Nothing found"
              : `${place === -1 ? "" : `${formatCount(place + 1)} of `}${formatCount(chart.matches.length)}: Enter for the next`}
        </p>
        <div className="ml-auto flex flex-wrap items-center gap-2">
          {choices && <ChartEdit chart={chart} choices={choices} viewerId={viewerId} />}
          <Button variant="ghost" onClick={chart.expandAll}>
            Open all
          </Button>
          <Button variant="ghost" onClick={chart.collapseAll}>
            Close all
          </Button>
          <fieldset aria-label="View" className="flex gap-0.5 rounded-md border border-line bg-surface-2 p-0.5">
            <Button
              variant={shown === "chart" ? "secondary" : "ghost"}
              size="icon-sm"
              aria-label="As a chart"
              aria-pressed={shown === "chart"}
              onClick={() => void set({ view: "chart" })}
            >
              <Network aria-hidden />
            </Button>
            <Button
              variant={shown === "list" ? "secondary" : "ghost"}
              size="icon-sm"
              aria-label="As a list"
              aria-pressed={shown === "list"}
              onClick={() => void set({ view: "list" })}
            >
              <List aria-hidden />
            </Button>
          </fieldset>
        </div>
      </div>
      {chart.envelope?.envelope && (
        <EnvelopeDialog
          key={chart.envelope.id}
          node={chart.envelope}
          view={chart.envelope.envelope}
          open
          onOpenChange={(open) => !open && chart.closeEnvelope()}
        />
      )}
      {shown === "chart" ? <ChartCanvas chart={chart} /> : <ChartList chart={chart} />}
    </section>
  );
}
