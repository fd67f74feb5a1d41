"use client";
import { Gavel, type LucideIcon } from "lucide-react";
import { useQueryStates } from "nuqs";
import { type ReactNode, useTransition } from "react";
import { EVENT_KIND_LOOKS } from "@/components/domain/event-kind";
import { EFFECTS } from "@/components/domain/effect-badge";
import { cn } from "@/components/ui/cn";
import { Button } from "@/components/ui/button";
import { TIMELINE_KINDS, type TimelineKind } from "@/lib/runs/timeline";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { timelineParsers } from "../search-params";

const LABELS: Record<TimelineKind, string> = {
  allow: EFFECTS.allow.label,
  deny: EFFECTS.deny.label,
  escalate: EFFECTS.escalate.label,
  approval: "Approvals",
  review: "Reviews",
  delegation: "Delegations",
  llm: EVENT_KIND_LOOKS.llm.label,
  tool: EVENT_KIND_LOOKS.tool.label,
  step: EVENT_KIND_LOOKS.step.label,
  output: EVENT_KIND_LOOKS.output.label,
  error: EVENT_KIND_LOOKS.error.label,
  log: EVENT_KIND_LOOKS.log.label,
};

/** The two questions that are asked most have a button; the rest is in the menu. */
const QUICK: { label: string; kinds: readonly TimelineKind[]; icon: LucideIcon }[] = [
  { label: "Decisions", kinds: ["allow", "deny", "escalate", "approval"], icon: Gavel },
  { label: "Denied", kinds: ["deny"], icon: EFFECTS.deny.icon },
];

/** Narrows the timeline; kept in the URL. */
export function KindFilter({ kinds }: { kinds: readonly TimelineKind[] }) {
  const [pending, startTransition] = useTransition();
  const [, setState] = useQueryStates(timelineParsers, {
    shallow: false,
    history: "push",
    startTransition,
    scroll: false,
  });
  const choose = (next: readonly TimelineKind[]) =>
    void setState({ kinds: next.length === 0 ? null : [...next], entry: null });
  return (
    <div className={cn("flex flex-wrap items-center gap-1.5", pending && "opacity-60")} aria-busy={pending}>
      <Toggle pressed={kinds.length === 0} onClick={() => choose([])}>
        Everything
      </Toggle>
      {QUICK.map(({ label, kinds: these, icon: Icon }) => (
        <Toggle key={label} pressed={same(kinds, these)} onClick={() => choose(same(kinds, these) ? [] : these)}>
          <Icon aria-hidden />
          {label}
        </Toggle>
      ))}
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button size="xs" variant="ghost">
            {kinds.length === 0 || QUICK.some((one) => same(kinds, one.kinds))
              ? "Kinds"
              : kinds.map((kind) => LABELS[kind]).join(", ")}
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start">
          {TIMELINE_KINDS.map((kind) => (
            <DropdownMenuCheckboxItem
              key={kind}
              checked={kinds.includes(kind)}
              onCheckedChange={(checked) => choose(checked ? [...kinds, kind] : kinds.filter((one) => one !== kind))}
            >
              {LABELS[kind]}
            </DropdownMenuCheckboxItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
    </div>
  );
}

const same = (a: readonly TimelineKind[], b: readonly TimelineKind[]) =>
  a.length === b.length && b.every((kind) => a.includes(kind));

function Toggle({ pressed, onClick, children }: { pressed: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <Button size="xs" variant={pressed ? "secondary" : "ghost"} aria-pressed={pressed} onClick={onClick}>
      {children}
    </Button>
  );
}
