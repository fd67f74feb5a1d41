"use client";
import { CircleCheck, CircleSlash, CircleX, Hourglass, RotateCw, Send, type LucideIcon } from "lucide-react";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { useAction } from "@/components/form/use-action";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Duration } from "@/components/ui/duration";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import type { Tone } from "@/components/ui/tone";
import { labelOf } from "@/lib/notify/kinds";
import type { DeliveryRow, DeliveryState } from "@/lib/notify/views";
import { replay } from "../../actions";
import { DELIVERY_STATES, deliveriesParams } from "../search-params";

const STATES: Record<DeliveryState, { label: string; tone: Tone; icon: LucideIcon }> = {
  waiting: { label: "Waiting", tone: "info", icon: Hourglass },
  sent: { label: "Delivered", tone: "allow", icon: CircleCheck },
  dead: { label: "Given up", tone: "deny", icon: CircleX },
  dropped: { label: "Not sent", tone: "neutral", icon: CircleSlash },
};

const column = columnsOf<DeliveryRow>();
const columns = column.columns([
  column.accessor("kind", {
    header: "Event",
    meta: { card: "title" },
    cell: ({ row }) => (
      <span className="flex min-w-0 flex-col">
        <span className="text-sm">{labelOf(row.original.kind)}</span>
        <span className="truncate text-xs text-muted">{row.original.subject}</span>
      </span>
    ),
  }),
  column.accessor("state", {
    header: "State",
    meta: { card: "corner" },
    cell: ({ getValue }) => {
      const { label, tone, icon: Icon } = STATES[getValue()];
      return (
        <Badge tone={tone} icon={<Icon aria-hidden />}>
          {label}
        </Badge>
      );
    },
  }),
  column.accessor("statusCode", {
    header: "Answer",
    meta: { align: "end" },
    cell: ({ row: { original } }) => <span className="tabular-nums">{original.statusCode ?? "–"}</span>,
  }),
  column.accessor("durationMs", {
    header: "Took",
    meta: { align: "end" },
    cell: ({ getValue }) => <Duration ms={getValue()} />,
  }),
  column.accessor("attempts", { header: "Attempts", cell: ({ row }) => <Attempts row={row.original} /> }),
  column.accessor("createdAt", { header: "Queued", cell: ({ getValue }) => <Time value={getValue()} /> }),
  column.display({
    id: "replay",
    header: "",
    meta: { fixed: true },
    cell: ({ row }) => <Replay row={row.original} />,
  }),
]);

/** The delivery log of a webhook: what it was told, what it answered, how often it was tried. */
export function DeliveriesTable({ rows, total }: { rows: readonly DeliveryRow[]; total: number }) {
  return (
    <DataTable
      name="Deliveries"
      noun={{ one: "delivery", many: "deliveries" }}
      params={deliveriesParams}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      paging={{ kind: "page", total }}
      descFirst={["createdAt"]}
      facets={[
        {
          id: "state",
          label: "State",
          options: DELIVERY_STATES.map((value) => ({ value, label: STATES[value].label })),
        },
      ]}
      empty={{
        icon: Send,
        title: "Nothing sent yet",
        description: "Each event that it is told of appears here, with what it answered.",
      }}
    />
  );
}

/** How often it was tried, and what came of each. */
function Attempts({ row }: { row: DeliveryRow }) {
  if (row.tries.length === 0) return <span className="text-muted">{row.error ?? "not yet"}</span>;
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="sm" className="relative z-10">
          {row.attempts}
          {row.error !== null && <span className="max-w-44 truncate text-deny-text">{row.error}</span>}
        </Button>
      </PopoverTrigger>
      <PopoverContent className="w-80 p-0">
        <ol aria-label="Attempts, the latest first" className="max-h-72 divide-y divide-line overflow-y-auto">
          {row.tries.map((one) => (
            <li key={one.number} className="flex flex-col gap-0.5 px-3 py-2 text-xs">
              <span className="flex justify-between gap-2">
                <span>
                  Attempt {one.number}: {one.error ?? `answered ${one.statusCode ?? "well"}`}
                </span>
                <Duration ms={one.durationMs} />
              </span>
              <Time value={one.at} format="second" className="text-muted" />
            </li>
          ))}
          {row.state === "waiting" && row.nextAt !== null && (
            <li className="px-3 py-2 text-xs text-muted">
              Next try <Time value={row.nextAt} />
            </li>
          )}
        </ol>
      </PopoverContent>
    </Popover>
  );
}

function Replay({ row }: { row: DeliveryRow }) {
  const { run, pending } = useAction(replay, { onSuccess: () => toast.success("It is sent again") });
  if (row.state === "waiting") return null;
  return (
    <Button
      variant="ghost"
      size="sm"
      className="relative z-10"
      pending={pending}
      aria-label={`Send again: ${row.subject}`}
      onClick={() => run({ deliveryId: row.id })}
    >
      <RotateCw aria-hidden />
      Send again
    </Button>
  );
}
