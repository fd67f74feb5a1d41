"use client";
import { ArrowRight, FlaskConical, Search } from "lucide-react";
import Link from "next/link";
import { useState, useTransition } from "react";

import { listTryDecisions, tryPolicyDraft } from "@/app/(console)/policies/[slug]/edit/actions";
import { TriedRules } from "@/app/(console)/policies/[slug]/edit/_components/tried-rules";
import { EffectBadge } from "@/components/domain/effect-badge";
import { reaching } from "@/components/form/unreachable";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Time } from "@/components/ui/time";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import type { TryCandidate, TryNote, TryResult } from "@/lib/policies/try/views";

interface TryPanelProps {
  policy: string;
  /** All rules of the draft, as they stand on the page. */
  rules: DraftRule[];
  /** The rule at hand: decisions about its actions are offered. */
  rule: DraftRule;
}

const EFFECT_FILTER = [
  { value: "any", label: "Any outcome" },
  { value: "allow", label: "Allowed" },
  { value: "escalate", label: "Escalated" },
  { value: "deny", label: "Denied" },
];
type Effect = "allow" | "escalate" | "deny";
const isEffect = (text: string): text is Effect => text === "allow" || text === "escalate" || text === "deny";

/** Tries what stands on the page on a past decision, before anything binds. */
export function TryPanel({ policy, rules, rule }: TryPanelProps) {
  const [candidates, setCandidates] = useState<TryCandidate[] | null>(null);
  const [result, setResult] = useState<{ of: DraftRule[]; value: TryResult } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [effect, setEffect] = useState("any");
  const [typed, setTyped] = useState("");
  const [pending, start] = useTransition();
  const [asked, setAsked] = useState<string | null>(null);
  /** The actions that the candidates are about. */
  const [about, setAbout] = useState("");
  const actions = rule.match.actions.join(" ");

  const find = (wanted: string) => {
    setAbout(actions);
    start(async () => {
      const found = await reaching(() =>
        listTryDecisions({ actions: rule.match.actions, effect: isEffect(wanted) ? wanted : null }),
      );
      setError(found.ok ? null : found.error.message);
      if (found.ok) setCandidates(found.value);
    });
  };
  const tryOn = (decisionId: string) => {
    setAsked(decisionId);
    start(async () => {
      const tried = await reaching(() => tryPolicyDraft({ policy, rules, decisionId }));
      setError(tried.ok ? null : tried.error.message);
      if (tried.ok) setResult({ of: rules, value: tried.value });
    });
  };
  return (
    <Card aria-label="Try on a past decision">
      <CardHeader
        title="Try on a past decision"
        description="What this draft would have answered, beside what the rules in force answer. Nothing is changed."
        actions={
          (candidates === null || about !== actions) && (
            <Button size="sm" pending={pending} disabled={rule.match.actions.length === 0} onClick={() => find(effect)}>
              <FlaskConical aria-hidden />
              {candidates === null ? "Find decisions" : "Find again"}
            </Button>
          )
        }
      />
      {(candidates !== null || error !== null) && (
        <CardBody className="flex flex-col gap-4">
          {error !== null && (
            <Banner role="alert" tone="deny">
              {error}
            </Banner>
          )}
          {candidates !== null && (
            <>
              <div className="flex flex-wrap items-center gap-2">
                <Select
                  aria-label="Outcome"
                  className="w-36"
                  options={EFFECT_FILTER}
                  value={effect}
                  onValueChange={(next) => {
                    setEffect(next);
                    find(next);
                  }}
                />
                <form
                  className="flex min-w-0 flex-1 basis-64 gap-1.5"
                  onSubmit={(event) => {
                    event.preventDefault();
                    const id = typed.trim().split("/").at(-1) ?? "";
                    if (id !== "") tryOn(id);
                  }}
                >
                  <Input
                    aria-label="Id or address of a decision"
                    placeholder="Or the id of a decision"
                    className="font-mono text-xs"
                    value={typed}
                    onChange={(event) => setTyped(event.target.value)}
                  />
                  <Button type="submit" size="icon" aria-label="Try on this decision" disabled={typed.trim() === ""}>
                    <Search aria-hidden />
                  </Button>
                </form>
              </div>
              <Candidates
                candidates={candidates}
                chosen={result?.value.decision.id ?? null}
                pending={pending ? asked : null}
                onTry={tryOn}
              />
            </>
          )}
          {result !== null && (
            <Tried
              result={result.value}
              isStale={result.of !== rules && JSON.stringify(result.of) !== JSON.stringify(rules)}
              pending={pending}
              onAgain={() => tryOn(result.value.decision.id)}
            />
          )}
        </CardBody>
      )}
    </Card>
  );
}

interface CandidatesProps {
  candidates: readonly TryCandidate[];
  chosen: string | null;
  pending: string | null;
  onTry: (id: string) => void;
}

function Candidates({ candidates, chosen, pending, onTry }: CandidatesProps) {
  if (candidates.length === 0) {
    return <p className="text-sm text-muted">No decision about these actions that you can see.</p>;
  }
  return (
    <ul className="flex max-h-72 flex-col overflow-y-auto rounded-md border border-line">
      {candidates.map((one) => (
        <li key={one.id} className="border-b border-line last:border-0">
          <button
            type="button"
            aria-pressed={one.id === chosen}
            aria-busy={one.id === pending || undefined}
            onClick={() => onTry(one.id)}
            className="flex w-full flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-2 text-left text-sm hover:bg-surface-2 focus-visible:-outline-offset-2 aria-pressed:bg-accent-soft"
          >
            <span className="min-w-0 flex-1 basis-48">
              <span className="block truncate font-medium">{one.title}</span>
              <span className="block truncate text-xs text-muted">
                {one.agent}
                {one.target !== null && `, ${one.target}`}
              </span>
            </span>
            <EffectBadge effect={one.effect} />
            <span className="w-24 text-right text-xs text-muted">
              <Time value={one.at} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

const NOTES: Record<TryNote, string> = {
  standing:
    "It was refused for how things stood at that moment (a suspended agent, a limit, a run that had ended), which no rule changes. Tried as if that had not been.",
  incomplete: "An earlier value of a fact is no longer stored: a rule that reads it may have seen another one.",
  differs_from_stored:
    "The gate answered otherwise then: the rules, or the configuration around them, have changed since.",
};

function Tried({
  result,
  isStale,
  pending,
  onAgain,
}: {
  result: TryResult;
  isStale: boolean;
  pending: boolean;
  onAgain: () => void;
}) {
  const { before, after, decision, rules, unfinished, notes } = result;
  const changes = before.outcome !== after.outcome;
  return (
    <section aria-label="Result" aria-live="polite" className="flex flex-col gap-3 border-t border-line pt-4">
      <div className="flex flex-wrap items-center gap-2">
        <EffectBadge effect={before.outcome} />
        <ArrowRight aria-hidden className="size-4 text-muted" />
        <EffectBadge effect={after.outcome} />
        <span className="text-sm text-muted">{changes ? "The draft changes the answer." : "The answer stays."}</span>
        <Link href={`/decisions/${decision.id}`} className="ml-auto text-xs text-accent-text hover:underline">
          Open the decision
        </Link>
      </div>
      <p className="text-sm">
        The agent would be told: <span className="text-muted">“{after.message}”</span>
      </p>
      {isStale && (
        <Banner
          tone="info"
          actions={
            <Button size="sm" pending={pending} onClick={onAgain}>
              Try again
            </Button>
          }
        >
          The draft has changed since.
        </Banner>
      )}
      {notes.map((note) => (
        <p key={note} className="text-xs text-muted">
          {NOTES[note]}
        </p>
      ))}
      {unfinished.length > 0 && (
        <p className="text-xs text-escalate-text">
          Left out, since they are not finished:{" "}
          {[...new Set(unfinished.map((one) => one.ruleId || "a rule without a name"))].join(", ")}.
        </p>
      )}
      <TriedRules rules={rules} />
    </section>
  );
}
