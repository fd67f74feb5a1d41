import { checkOutcome, CheckOutcomeBadge } from "@/components/domain/check-outcome-badge";
import { cn } from "@/components/ui/cn";
import { CodeBlock } from "@/components/ui/code-block";
import { Time } from "@/components/ui/time";
import { TONES } from "@/components/ui/tone";
import { budgetTrace } from "@/lib/budgets/trace";
import { checkWords } from "@/lib/decisions/check-words";
import type { RuleText } from "@/lib/decisions/decision-detail";
import type { Part } from "@/lib/decisions/explain";
import type { RuleReading } from "@/lib/decisions/explanation";
import type { StoredCheck } from "@/lib/decisions/stored-checks";
import { keyLabel } from "@/lib/decisions/words";
import type { Json, JsonObject } from "@/lib/kernel/json";
import { Value } from "./arguments-view";
import { BudgetSaw } from "./budget-saw";
import { ConditionParts } from "./condition-parts";
import { MarkedCondition } from "./marked-condition";

/** Checks of a decision in the order in which they ran, each with its outcome and the values that it saw. */
export function CheckTrace({
  checks,
  rules,
  readings = [],
}: {
  checks: readonly StoredCheck[];
  rules: readonly RuleText[];
  readings?: readonly RuleReading[];
}) {
  return (
    <ol className="flex flex-col">
      {checks.map((check, at) => (
        // A check may stand twice in a trace of a later version; its place tells it apart.
        <CheckLine
          key={`${at}:${check.check}`}
          check={check}
          rules={rulesOf(check, rules)}
          readings={readings}
          last={at === checks.length - 1}
        />
      ))}
    </ol>
  );
}

/** The texts of the rules that one check names. */
function rulesOf(check: StoredCheck, rules: readonly RuleText[]): RuleText[] {
  return rules.filter((text) =>
    check.rules.some((rule) => rule.policy === text.policy && rule.version === text.version && rule.rule === text.rule),
  );
}

interface CheckLineProps {
  check: StoredCheck;
  rules: readonly RuleText[];
  readings: readonly RuleReading[];
  last: boolean;
}

function CheckLine({ check, rules, readings, last }: CheckLineProps) {
  const { label, asks } = checkWords(check.check);
  const { tone, icon: Icon } = checkOutcome(check.outcome);
  const budget = check.check === "budget" ? budgetTrace(check.saw) : null;
  const spoke = check.outcome !== "pass" && check.outcome !== "skip";
  return (
    <li className="relative flex gap-3 pb-3 last:pb-0">
      {!last && <span aria-hidden className="absolute bottom-0 left-[0.5625rem] top-5 w-px bg-line" />}
      <Icon aria-hidden className={cn("mt-0.5 size-[1.125rem] shrink-0", TONES[tone].text)} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <h3 className={cn("text-sm", spoke ? "font-semibold" : "font-medium")} title={asks ?? undefined}>
            {label}
          </h3>
          <CheckOutcomeBadge outcome={check.outcome} />
          {check.answered && <span className="text-xs text-muted">answered by the approval</span>}
          {spoke && check.code !== "" && <code className="font-mono text-2xs text-faint">{check.code}</code>}
        </div>
        {check.message !== "" && <p className={cn("text-sm wrap-anywhere", !spoke && "text-muted")}>{check.message}</p>}
        {budget ? <BudgetSaw trace={budget} /> : <Saw saw={check.saw} />}
        {rules.length > 0 && <RuleTexts rules={rules} readings={readings} />}
      </div>
    </li>
  );
}

function Saw({ saw }: { saw: JsonObject }) {
  const entries = Object.entries(saw);
  if (entries.length === 0) return null;
  return (
    <dl className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-xs">
      {entries.map(([key, value]) => (
        <div key={key} className="flex min-w-0 max-w-full gap-1.5">
          <dt className="shrink-0 text-muted">{keyLabel(key)}</dt>
          <dd className="min-w-0">
            {isInstant(value) ? <Time value={value} format="second" /> : <Value value={value} depth={1} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const isInstant = (value: Json): value is string =>
  typeof value === "string" && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(value);

/** Rules with their text as published: those that matched stand open. */
function RuleTexts({
  rules,
  readings = [],
}: {
  rules: readonly RuleText[];
  /** Conditions taken apart for the request, where that is known. */
  readings?: readonly RuleReading[];
}) {
  return (
    <ul className="mt-2 flex flex-col gap-2">
      {rules
        .toSorted((a, b) => Number(b.matched) - Number(a.matched))
        .map((rule) => (
          <li key={`${rule.policy}@${rule.version}/${rule.rule}`}>
            <details open={rule.matched} className="rounded-md border border-line">
              <summary className="flex cursor-pointer flex-wrap items-center gap-x-2 gap-y-0.5 px-2.5 py-1.5 text-sm">
                <span className="font-medium wrap-anywhere">{rule.rule}</span>
                <span className="text-xs text-muted wrap-anywhere">
                  {rule.policyName ?? rule.policy}, version {rule.version}
                </span>
                <span className="ml-auto text-xs text-muted">
                  {rule.matched ? `matched: ${rule.effect}` : "did not match"}
                </span>
              </summary>
              <div className="flex flex-col gap-2 border-t border-line px-2.5 py-2">
                {rule.message !== null && <p className="text-sm wrap-anywhere">{rule.message}</p>}
                {rule.when === null ? (
                  <p className="text-xs text-muted">No condition: it applies to every action that it names.</p>
                ) : (
                  <Condition when={rule.when} condition={conditionOf(rule, readings)} />
                )}
                {rule.error !== null && (
                  <p className="text-xs text-deny-text wrap-anywhere">Could not be evaluated: {rule.error}</p>
                )}
              </div>
            </details>
          </li>
        ))}
    </ul>
  );
}

/** The text as published; with what each part came to for this request, where that is known. */
export function Condition({ when, condition }: { when: string; condition: Part | null }) {
  if (!condition) return <CodeBlock code={when} label="Condition" wrap />;
  return (
    <>
      <ConditionParts text={when} condition={condition} />
      <MarkedCondition text={when} condition={condition} />
    </>
  );
}

const conditionOf = ({ policy, version, rule, when }: RuleText, readings: readonly RuleReading[]): Part | null =>
  readings.find((one) => one.policy === policy && one.version === version && one.rule === rule && one.when === when)
    ?.condition ?? null;
