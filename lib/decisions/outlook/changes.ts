import { argumentChanges } from "@/lib/decisions/outlook/argument-changes";
import type { Change } from "@/lib/decisions/outlook/change";
import { budgetChanges } from "@/lib/decisions/outlook/budget-changes";
import { grantChanges } from "@/lib/decisions/outlook/grant-changes";
import { waitingFor, withAgent, type World } from "@/lib/decisions/outlook/world";
import { questionsOf } from "@/lib/decisions/questions";
import type { CheckOutcome, Decision, Evidence } from "@/lib/decisions/types";
import { waitWords } from "@/lib/decisions/wait-words";
import { TIERS } from "@/lib/tiers/matrices";

/** What could be otherwise so that a decision would be milder, the least first: what the agent brings, then people, then the organisation. */
export function changesFor(world: World, decision: Decision): Change[] {
  return [...decision.checks.flatMap((check) => changesOf(world, check)), ...approvalChange(world, decision)].toSorted(
    (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind),
  );
}

const ORDER: readonly Change["kind"][] = [
  "wait",
  "argument",
  "estimate",
  "evidence",
  "sign-in",
  "approval",
  "grant",
  "scope",
  "tier",
  "rule",
  "envelope",
];

function changesOf(world: World, check: CheckOutcome): Change[] {
  if (check.outcome === "pass" || check.outcome === "skip") return [];
  switch (check.check) {
    case "authority":
      return grantChanges(world);
    case "tier":
      return tierChange(world);
    case "rate":
      return waitChange(check);
    case "budget":
      return budgetChanges(world);
    case "evidence":
      return evidenceChange(world, check);
    case "policy":
      return ruleChanges(world, check);
    case "identity":
    case "catalogue":
    case "reversibility":
    case "approval":
      return [];
  }
}

/** The lowest tier that includes the kind of the action. */
function tierChange(world: World): Change[] {
  const { snapshot, request } = world;
  const action = snapshot.actions.get(request.action);
  const tier = action && TIERS.find((one) => snapshot.settings.tiers[one][action.kind] === "allow");
  if (!tier) return [];
  const words = `Tier at least ${tier.charAt(0).toUpperCase()}${tier.slice(1)}`;
  return [
    { kind: "tier", words, apply: (from) => withAgent(from, request.run.agentId, (agent) => ({ ...agent, tier })) },
  ];
}

function waitChange({ saw }: CheckOutcome): Change[] {
  const { retryAfterMs } = saw;
  if (typeof retryAfterMs !== "number") return [];
  const words = `Asked ${waitWords(retryAfterMs)} later`;
  return [
    {
      kind: "wait",
      words,
      apply: (world) => ({ ...waitingFor(world, retryAfterMs), usage: rested(world) }),
    },
  ];
}

/** What the agent's bucket said is of the moment at which it was asked. */
const rested = ({ usage }: World): World["usage"] =>
  usage.rate ? { ...usage, rate: { ...usage.rate, agent: null } } : usage;

const PLACEHOLDERS: Required<Omit<Evidence, "confidence">> = {
  reason: "given",
  sources: ["given"],
  references: ["given"],
  alternatives: ["given"],
  proposedAction: "given",
};

function evidenceChange(world: World, { code, saw }: CheckOutcome): Change[] {
  const given = world.request.evidence ?? {};
  const bring = (words: string, more: Evidence): Change[] => [
    {
      kind: "evidence",
      words,
      apply: (from) => ({ ...from, request: { ...from.request, evidence: { ...given, ...more } } }),
    },
  ];
  const { confidenceFloor } = world.snapshot.settings.evidence;
  if (code === "low_confidence")
    return bring(`Confidence of at least ${confidenceFloor}`, { confidence: confidenceFloor });
  const missing = Array.isArray(saw.missing) ? saw.missing.filter((one) => typeof one === "string") : [];
  if (code !== "evidence_missing" || missing.length === 0) return [];
  const sure = missing.includes("confidence") ? { confidence: 1 } : {};
  const others = Object.entries(PLACEHOLDERS).filter(([kind]) => missing.includes(kind));
  return bring(`Evidence given: ${missing.join(", ")}`, { ...Object.fromEntries(others), ...sure });
}

/** Rules that spoke: other arguments, a new sign-in, or the rule itself. */
function ruleChanges(world: World, check: CheckOutcome): Change[] {
  const { snapshot, request } = world;
  const spoke = (check.rules ?? []).filter((rule) => rule.matched && rule.effect !== "allow");
  const compiled = spoke.flatMap(
    (one) => snapshot.rules.find(({ policy, rule }) => policy === one.policy && rule === one.rule) ?? [],
  );
  const byArguments = compiled.flatMap(({ when }) => (when === null ? [] : argumentChanges(when, request.args)));
  const signIn: Change[] = check.code === "reauthentication_required" ? [signInChange(world)] : [];
  const byRule = compiled.map(({ policy, rule }): Change => ({
    kind: "rule",
    words: `Without the rule ${policy}/${rule}`,
    apply: (from) => withoutRule(from, policy, rule),
  }));
  return [...signIn, ...byArguments, ...byRule];
}

function signInChange({ request: { run } }: World): Change {
  const who = run.onBehalfOf?.subject;
  return {
    kind: "sign-in",
    words: who === undefined ? "Done for a person who has just signed in" : `${who} signs in again`,
    apply: (world) => {
      const onBehalfOf = { subject: who ?? "a person", authenticatedAt: world.now };
      return { ...world, request: { ...world.request, run: { ...world.request.run, onBehalfOf } } };
    },
  };
}

function withoutRule(world: World, policy: string, rule: string): World {
  const { snapshot } = world;
  const isIt = (one: { policy: string; rule: string }): boolean => one.policy === policy && one.rule === rule;
  const actions = new Map(snapshot.actions);
  const action = actions.get(world.request.action);
  if (action) actions.set(action.id, { ...action, rules: action.rules.filter((bound) => !isIt(bound.rule)) });
  return { ...world, snapshot: { ...snapshot, actions, rules: snapshot.rules.filter((one) => !isIt(one)) } };
}

/** What is asked of people, answered by them. */
function approvalChange({ snapshot }: World, decision: Decision): Change[] {
  const { escalation } = decision;
  if (!escalation) return [];
  const names = escalation.approverIds.slice(0, 3).map((id) => snapshot.people.get(id)?.name ?? "a person");
  const more = escalation.approverIds.length > names.length ? " or another who may" : "";
  const who = names.length === 0 ? "A person who may decide" : `${names.join(" or ")}${more}`;
  const questions = questionsOf(decision.checks);
  return [
    {
      kind: "approval",
      words: `${who} approves`,
      apply: (world) => {
        const { run, action, argsHash } = world.request;
        const claim = { id: "", runId: run.id, agentId: run.agentId, action, argsHash, state: "approved" as const };
        return {
          ...world,
          request: {
            ...world.request,
            approval: { ...claim, validUntil: new Date(world.now.getTime() + 60_000), redeemedAt: null, questions },
          },
        };
      },
    },
  ];
}
