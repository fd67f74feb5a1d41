import { CircleCheck } from "lucide-react";

import { RuleErrors } from "@/app/(console)/policies/[slug]/simulate/_components/rule-errors";
import { Exactness } from "@/app/(console)/policies/[slug]/simulate/_components/exactness";
import { PlaceTable } from "@/app/(console)/policies/[slug]/simulate/_components/place-table";
import { RuleTable } from "@/app/(console)/policies/[slug]/simulate/_components/rule-table";
import { SampleList } from "@/app/(console)/policies/[slug]/simulate/_components/sample-list";
import { TransitionMatrix } from "@/app/(console)/policies/[slug]/simulate/_components/transition-matrix";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount, formatPercent } from "@/components/ui/format/number";
import { Stat, StatGrid } from "@/components/ui/stat";
import type { SimulatedOutcome } from "@/lib/policies/simulation/outcome";
import type { SampleLine, SimulationResult } from "@/lib/policies/simulation/views";

interface ResultProps {
  slug: string;
  simulation: string;
  result: SimulationResult;
  selected: { from: SimulatedOutcome; to: SimulatedOutcome } | null;
  samples: readonly SampleLine[];
}

/** What a simulation found. */
export function Result({ slug, simulation, result, selected, samples }: ResultProps) {
  const { decisions, decided, unconcerned, standing, changed, stricter, milder, transitions, rules } = result;
  const shown = selected && transitions.find((one) => one.from === selected.from && one.to === selected.to);
  return (
    <>
      <StatGrid>
        <Stat label="Decisions" value={formatCount(decisions)} hint={`${formatCount(decided)} decided anew`} />
        <Stat
          label="Would change"
          value={formatCount(changed)}
          hint={decisions === 0 ? "of none" : `${formatPercent(changed / decisions)} of all`}
        />
        <Stat label="Stricter" value={formatCount(stricter)} hint="asked, denied, reviewed" />
        <Stat label="Milder" value={formatCount(milder)} hint="let through with less" />
      </StatGrid>
      <RuleErrors slug={slug} rules={rules} />
      {changed === 0 ? (
        <Card>
          <EmptyState
            icon={CircleCheck}
            title="Nothing would change"
            description={
              decisions === 0
                ? "No decision was made in this time. Look further back, or at more agents."
                : decided === 0
                  ? "No rule that differs is about any of these decisions."
                  : "Every decision comes out as under the rules in force."
            }
          />
        </Card>
      ) : (
        <Card>
          <CardHeader title="What would change" description="Choose a number to see its decisions." />
          <CardBody className="p-2 sm:p-4">
            <TransitionMatrix slug={slug} simulation={simulation} transitions={transitions} selected={selected} />
          </CardBody>
        </Card>
      )}
      {shown && <SampleList from={shown.from} to={shown.to} count={shown.count} samples={samples} />}
      {rules.length > 0 && <RuleTable slug={slug} rules={rules} />}
      {changed > 0 && (
        <div className="grid items-start gap-4 md:grid-cols-2">
          <PlaceTable title="By agent" places={result.agents} hrefOf={(agent) => `/agents/${agent}`} />
          <PlaceTable title="By action" places={result.actions} />
        </div>
      )}
      {decisions > 0 && (
        <p className="text-xs text-muted tabular-nums">
          {formatCount(unconcerned)} decisions are about nothing that differs and come out the same.
          {standing > 0 &&
            ` ${formatCount(standing)} were refused for how things stood then, a suspended agent or an ended run, which no rule changes.`}
        </p>
      )}
      <Exactness result={result} />
    </>
  );
}
