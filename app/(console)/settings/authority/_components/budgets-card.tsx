"use client";
import { NumberRow } from "@/app/(console)/settings/authority/_components/number-row";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { BudgetSettings } from "@/lib/budgets/schemas";
import { KINDS } from "@/lib/tiers/matrices";

type Kind = (typeof KINDS)[number];
type Estimate = NonNullable<BudgetSettings["estimates"][Kind]>;

const PER = 1_000;
const WORDS: Record<Kind, string> = { read: "reads", draft: "drafts", propose: "proposals", execute: "executions" };

interface BudgetsCardProps {
  draft: BudgetSettings;
  stored: BudgetSettings;
  builtIn: BudgetSettings;
  readOnly: boolean;
  onChange: (budgets: BudgetSettings) => void;
}

/** When agents are told to wind down, and what is held in envelopes for a request that brings no estimate. */
export function BudgetsCard({ draft, stored, builtIn, readOnly, onChange }: BudgetsCardProps) {
  const percent = ({ windDownAt }: BudgetSettings): number => Math.round(windDownAt * 100);
  const dollars = ({ estimates }: BudgetSettings, kind: Kind): number => Math.round((estimates[kind]?.usd ?? 0) * PER);
  const tokens = ({ estimates }: BudgetSettings, kind: Kind): number => estimates[kind]?.tokens ?? 0;
  const estimate = (kind: Kind, part: Estimate): void =>
    onChange({ ...draft, estimates: withEstimate(draft.estimates, kind, { ...draft.estimates[kind], ...part }) });
  return (
    <Card>
      <CardHeader
        title="Envelopes"
        description="The limits themselves stand on teams, people and agents: see the chart and each agent's page."
      />
      <CardBody className="divide-y divide-line py-1">
        <NumberRow
          label="Wind down from"
          hint="Of any envelope: from there on an agent is told to finish what it has begun."
          unit="%"
          min={1}
          max={100}
          value={percent(draft)}
          saved={percent(stored)}
          builtIn={percent(builtIn)}
          readOnly={readOnly}
          onChange={(value) => onChange({ ...draft, windDownAt: value / 100 })}
        />
        {KINDS.map((kind) => (
          <NumberRow
            key={kind}
            label={`Money for 1,000 ${WORDS[kind]}`}
            hint="Held for each whose request brings no estimate, until its result is reported. 0 holds nothing."
            unit="dollars"
            min={0}
            max={1_000_000}
            value={dollars(draft, kind)}
            saved={dollars(stored, kind)}
            builtIn={dollars(builtIn, kind)}
            readOnly={readOnly}
            onChange={(value) => estimate(kind, { usd: value / PER })}
          />
        ))}
        {KINDS.map((kind) => (
          <NumberRow
            key={kind}
            label={`Tokens for each of the ${WORDS[kind]}`}
            hint="Held likewise, where an envelope limits tokens."
            unit="tokens"
            min={0}
            max={1_000_000}
            value={tokens(draft, kind)}
            saved={tokens(stored, kind)}
            builtIn={tokens(builtIn, kind)}
            readOnly={readOnly}
            onChange={(value) => estimate(kind, { tokens: value })}
          />
        ))}
      </CardBody>
    </Card>
  );
}

/** Nothing held is nothing said, so that what was changed and changed back is as it was. */
function withEstimate(estimates: BudgetSettings["estimates"], kind: Kind, part: Estimate): BudgetSettings["estimates"] {
  const { [kind]: _before, ...others } = estimates;
  const said: Estimate = {};
  if (part.usd !== undefined && part.usd !== 0) said.usd = part.usd;
  if (part.tokens !== undefined && part.tokens !== 0) said.tokens = part.tokens;
  return Object.keys(said).length > 0 ? { ...others, [kind]: said } : others;
}
