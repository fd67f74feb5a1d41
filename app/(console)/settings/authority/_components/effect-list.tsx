import { ArrowRight, LoaderCircle } from "lucide-react";

import { OutcomeBadge } from "@/app/(console)/_components/outcome-badge";
import { formatPlural } from "@/components/ui/format/number";
import type { OutcomeChange } from "@/lib/tiers/settings-effect";

/** What a change of the settings would do, or why that is not known: a value that can not be saved, no answer, none yet. */
export type Effect = readonly OutcomeChange[] | "invalid" | "failed" | "computing";

/** What a change of the settings would do to the agents there are. */
export function EffectList({ effect }: { effect: Effect }) {
  if (effect === "computing") {
    return (
      <p className="flex items-center gap-2 text-sm text-muted">
        <LoaderCircle aria-hidden className="size-3.5 animate-spin" />
        Computing what this would do…
      </p>
    );
  }
  if (effect === "invalid")
    return <p className="text-sm text-muted">What this would do is computed once every value is within its bounds.</p>;
  if (effect === "failed")
    return (
      <p className="text-sm text-muted">What this would do can not be computed now. It can be saved all the same.</p>
    );
  if (effect.length === 0)
    return <p className="text-sm">No agent is concerned now: none holds an action that this is about.</p>;
  return (
    <ul aria-label="What this would do" className="flex flex-col gap-2 text-sm">
      {effect.map((change) => (
        <li key={`${change.from} ${change.to}`}>
          <span className="flex flex-wrap items-center gap-1.5">
            <b className="font-medium">{formatPlural(change.agents, "agent")}</b>,{" "}
            {formatPlural(change.actions, "action")}:
            <OutcomeBadge effect={change.from} />
            <ArrowRight aria-label="becomes" className="size-3.5 text-muted" />
            <OutcomeBadge effect={change.to} />
          </span>
          <span className="text-xs text-muted">
            {change.samples.map((sample) => `${sample.agent}: ${sample.action}`).join(" · ")}
            {change.agents > change.samples.length && " · …"}
          </span>
        </li>
      ))}
    </ul>
  );
}
