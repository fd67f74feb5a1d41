import { decidersAt } from "@/lib/approvals/route/contacts";
import { excludedFrom } from "@/lib/approvals/route/route";
import { planRoute } from "@/lib/approvals/route/plan";
import { proceed } from "@/lib/approvals/route/progress";
import { budgetAnswer, NO_BUDGET } from "@/lib/budgets/answer";
import { rulesFor, variablesOf } from "@/lib/decisions/bind";
import { approval } from "@/lib/decisions/checks/approval";
import { authority } from "@/lib/decisions/checks/authority";
import { budget } from "@/lib/decisions/checks/budget";
import { catalogue } from "@/lib/decisions/checks/catalogue";
import { evidence } from "@/lib/decisions/checks/evidence";
import { identity } from "@/lib/decisions/checks/identity";
import { policy } from "@/lib/decisions/checks/policy";
import { rate } from "@/lib/decisions/checks/rate";
import { reversibility } from "@/lib/decisions/checks/reversibility";
import { tier } from "@/lib/decisions/checks/tier";
import { publicMessage } from "@/lib/decisions/codes";
import type { Check, CheckContext, Finding, Question } from "@/lib/decisions/finding";
import type {
  ApprovalClaim,
  CheckName,
  Decision,
  Effect,
  Escalation,
  Request,
  Snapshot,
  Usage,
} from "@/lib/decisions/types";
import type { ActionView, AgentView, GrantView } from "@/lib/decisions/views";
import { refill } from "@/lib/policies/cel/meter";
import { evaluateRules, type PolicyFindings } from "@/lib/policies/evaluate";
import type { Variables } from "@/lib/policies/variables";

/** Every check, in the order in which they are shown and in which, among equally strict ones, the first gives the code. */
const LIST: Record<CheckName, Check> = {
  identity,
  catalogue,
  authority,
  tier,
  rate,
  budget,
  evidence,
  policy,
  reversibility,
  approval,
};
const RUN = Object.values(LIST);

/** Of an agent that is not known: no rule is about it, and it holds nothing. */
const UNJUDGED: Pick<CheckContext, "policy" | "holds"> = {
  policy: { considered: 0, matched: [], missing: [], trace: [] },
  holds: () => false,
};

/**
 * Decides one authorisation request. Pure, deterministic and total: no I/O, no clock, no exception for any JSON that a request
 * carries. Every check runs and is kept, also when an earlier one denies, so that a person sees the whole reason; the strictest
 * outcome wins. An approval that a person gave answers the questions that it was asked for, and never a deny.
 */
export function decide(snapshot: Snapshot, request: Request, usage: Usage, now: Date): Decision {
  refill();
  const agent = snapshot.agents.get(request.run.agentId);
  const action = snapshot.actions.get(request.action);
  const context: CheckContext = {
    snapshot,
    request,
    usage,
    now,
    nowMs: now.getTime(),
    agent,
    action,
    ...(agent ? judged(snapshot, request, usage, now, agent, action) : UNJUDGED),
  };
  return conclude(
    context,
    RUN.map((check) => check(context)),
    now,
  );
}

/** What conditions say of the request: those of rules at once, those of grants when they are asked. */
function judged(
  snapshot: Snapshot,
  request: Request,
  usage: Usage,
  now: Date,
  agent: AgentView,
  action: ActionView | undefined,
): Pick<CheckContext, "policy" | "holds"> {
  const variables = variablesOf(snapshot, request, usage, now, agent, action);
  return {
    policy: evaluateRules(rulesFor(snapshot, action, request), agent.id, variables),
    holds: (grant) => holds(grant, variables(grant.pattern === request.action)),
  };
}

function holds(grant: GrantView, variables: Variables): boolean {
  if (grant.compiled === null) return true;
  const compiled = grant.compiled();
  if (!compiled.ok) return false;
  const outcome = compiled.program.run(variables);
  return outcome.kind === "value" && outcome.value;
}

/** Puts the findings together: deny over escalate over review over allow. */
function conclude(context: CheckContext, findings: readonly Finding[], now: Date): Decision {
  const questions = findings.flatMap((finding) => finding.questions ?? []);
  const claim = claimOf(context, findings);
  const settled = claim && answersAll(claim, questions) ? findings.map(answer) : findings;
  const budgeted = settled.find((finding) => finding.asked !== undefined);
  const limited = settled.find((finding) => finding.runTatUs !== undefined);

  const denied = settled.find((finding) => finding.outcome.outcome === "deny");
  const signIn = settled.find((finding) => finding.reauthentication === true);
  const asking = signIn ?? settled.find((finding) => finding.outcome.outcome === "escalate");
  const reviewing = settled.filter((finding) => finding.outcome.outcome === "review");
  const effect: Effect = denied ? "deny" : asking ? "escalate" : "allow";
  const redeems = effect === "allow" && claim ? claim.id : null;
  const deciding = denied ?? asking;
  const code =
    deciding?.outcome.code ??
    (redeems !== null ? "approved" : reviewing.length > 0 ? "allowed_with_review" : "allowed");
  return {
    effect,
    code,
    message: deciding?.told ?? (deciding ? undefined : reviewing[0]?.told) ?? publicMessage(code),
    checks: settled.map((finding) => finding.outcome),
    // Nobody is bothered with what goes no further until the person has signed in.
    escalation: effect === "escalate" && asking && !signIn ? escalationOf(context, asking, questions, now) : null,
    review: effect === "allow" && reviewing.length > 0 ? { deadline: reviewDeadline(context, reviewing, now) } : null,
    redeems,
    grantIds: effect === "allow" ? findings.flatMap((finding) => finding.grantIds ?? []) : [],
    conflict: conflictOf(context.policy),
    budget: budgeted ? budgetAnswer(budgeted.outcome.saw, effect, context.request.run.mode) : NO_BUDGET,
    reserves: effect === "allow" && context.request.run.mode === "live" ? (budgeted?.asked ?? null) : null,
    overBudget: budgeted?.outcome.outcome === "deny",
    runTatUs: limited?.runTatUs ?? context.usage.rate?.runTatUs ?? 0,
    retryAfterMs: limited?.retryAfterMs ?? null,
  };
}

/** The approval that the request brings, when it holds. */
function claimOf({ request: { approval: claim } }: CheckContext, findings: readonly Finding[]): ApprovalClaim | null {
  const check = findings.find((finding) => finding.outcome.check === "approval");
  return claim && check?.outcome.outcome === "pass" ? claim : null;
}

const answersAll = (claim: ApprovalClaim, questions: readonly Question[]): boolean =>
  questions.every((question) => claim.questions.includes(question.name));

function answer(finding: Finding): Finding {
  if (finding.outcome.outcome !== "escalate" || finding.reauthentication) return finding;
  const message = `${finding.outcome.message} A person approved it.`;
  return { ...finding, outcome: { ...finding.outcome, outcome: "pass", code: "approved", message, answered: true } };
}

/** Who is asked until when. Nobody can use an answer after the run's token has expired. */
function escalationOf(context: CheckContext, asking: Finding, questions: readonly Question[], now: Date): Escalation {
  const { agent, action, request, snapshot } = context;
  const { directory, settings } = snapshot;
  const risk = action?.impact ?? "high";
  const fallback = settings.approvals.deadlineMinutes[risk] * 60_000;
  const limits = questions.map((question) => question.deadlineMs ?? fallback);
  const deadline = new Date(Math.min(now.getTime() + Math.min(...limits), request.run.tokenExpiresAt.getTime()));
  const withinMs = Math.max(0, deadline.getTime() - now.getTime());
  const excludedIds = excludedOf(context, questions);
  const deciders = agent ? decidersAt(agent.id, directory) : new Set<string>();
  const mayDecide = (id: string): boolean => deciders.has(id);
  const nextContactMs = Math.min(settings.approvals.nextContactMinutes[risk] * 60_000, withinMs / 3);
  const plan = planRoute(
    questions,
    { nearest: agent?.approverIds ?? [], excludedIds, mayDecide, nextContactMs, withinMs },
    directory,
    now,
  );
  const waiting = { ...plan, requestedAt: now, deadline, risk, excludedIds, askedIds: [] };
  const { nextAt, ...begun } = proceed(waiting, { directory, mayDecide }, now);
  return {
    ...begun,
    code: asking.outcome.code,
    excludedIds,
    quorum: plan.quorum,
    nextContactAt: nextAt,
    deadline,
    risk,
  };
}

/** Who must not decide (invariant I3): whom the runs act for, who triggered them, and the owner where a rule that asks says so. */
function excludedOf({ agent, request, snapshot }: CheckContext, questions: readonly Question[]): string[] {
  const personIdOf = (name: string) => snapshot.peopleByEmail.get(name.toLowerCase()) ?? snapshot.people.get(name)?.id;
  const excluded = excludedFrom([request.run, ...request.run.parents], personIdOf);
  const owner = agent && questions.some((one) => one.excludeOwner) ? [agent.ownerId] : [];
  return [...new Set([...excluded, ...owner])];
}

function reviewDeadline({ snapshot }: CheckContext, reviewing: readonly Finding[], now: Date): Date {
  const fallback = snapshot.settings.reviewMinutes * 60_000;
  return new Date(now.getTime() + Math.min(...reviewing.map((finding) => finding.reviewMs ?? fallback)));
}

function conflictOf({ matched }: PolicyFindings): Decision["conflict"] {
  const named = (effect: "allow" | "deny"): string[] =>
    matched
      .filter((one) => one.rule.effect === effect && one.error === null)
      .map(({ rule }) => `${rule.policy}/${rule.rule}`);
  const [allows, denies] = [named("allow"), named("deny")];
  return allows.length > 0 && denies.length > 0 ? { allows, denies } : null;
}
