import { Server } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { AgentChip } from "./agent-chip";

/** Who did something, as the audit trail names them. */
export type ShownActor =
  | { kind: "person"; name: string; email?: string }
  | { kind: "agent"; name: string; slug?: string; href?: string }
  /** Remit itself: the worker, setup, the command line. */
  | { kind: "system"; name: string };

export function ActorChip({ actor, className }: { actor: ShownActor; className?: string }) {
  switch (actor.kind) {
    case "agent":
      return <AgentChip name={actor.name} slug={actor.slug} href={actor.href} className={className} />;
    case "person":
      return (
        <span className={cn("inline-flex max-w-full items-center gap-1.5 align-middle", className)} title={actor.email}>
          <Avatar name={actor.name} size="xs" />
          <span className="truncate">{actor.name}</span>
        </span>
      );
    case "system":
      return (
        <span className={cn("inline-flex max-w-full items-center gap-1.5 align-middle text-muted", className)}>
          <span aria-hidden className="grid size-5 place-items-center rounded-md border border-line bg-surface-2">
            <Server className="size-3" />
          </span>
          <span className="truncate">{actor.name}</span>
        </span>
      );
  }
}
