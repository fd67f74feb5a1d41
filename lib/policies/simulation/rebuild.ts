import type { ApprovalClaim, Evidence, Facts, Request, RunState, Usage } from "@/lib/decisions/types";
import type { ActionView } from "@/lib/decisions/views";
import type { Json, JsonObject } from "@/lib/kernel/json";
import { microUsd } from "@/lib/kernel/money";
import type { DecisionCount, RunPast, StoredDecision } from "@/lib/policies/simulation/stored";

/** A stored decision's request, as `decide` saw it then. */
export interface Rebuilt {
  request: Request;
  usage: Usage;
  now: Date;
}

/** How a run stood when it decided: it was open, or the decision says otherwise by its code (see standing.ts). */
const OPEN = { status: "running", tokenRevoked: false, credentialRevoked: false } as const;
const LEASE_MS = 60_000;

/**
 * A run played again, decision by decision in the order of time: at each one it knows what the run knew then. Counters, data
 * classes and facts are those of that moment; they follow what was answered then, since what the agent would have done after
 * another answer nobody knows.
 */
export class RunReplay {
  private readonly facts: { [action: string]: { [key: string]: Json } } = {};
  private readonly dataClasses = new Set<string>();
  private readonly used: Usage["run"] = {
    decisions: 0,
    denials: 0,
    escalations: 0,
    events: 0,
    inputTokens: 0,
    outputTokens: 0,
    costMicroUsd: 0n,
    unpricedCalls: 0,
  };
  private readonly state: RunState;
  private factsSeen = 0;
  private usageSeen = 0;
  private classesSeen = 0;

  constructor(
    private readonly past: RunPast,
    private readonly actions: ReadonlyMap<string, Pick<ActionView, "kind" | "dataClasses">>,
  ) {
    const { run } = past;
    this.state = {
      ...OPEN,
      id: run.id,
      agentId: run.agentId,
      mode: run.mode,
      depth: run.depth,
      scope: run.scope,
      startedAt: run.startedAt,
      leaseUntil: run.startedAt,
      tokenExpiresAt: run.tokenExpiresAt,
      parents: run.parents.map((parent) => ({ ...parent, status: "running", tokenRevoked: false })),
      onBehalfOf: null,
      trigger: run.trigger,
      instruction: run.instruction,
      model: run.model,
      facts: this.facts satisfies Facts,
      dataClasses: [],
    };
    for (const name of past.run.inheritedClasses ?? []) this.dataClasses.add(name);
    for (const count of past.before) this.count(count);
  }

  /** The request as it was, until the next one is asked for; null when what was sent has not been read. Call it in the order of time. */
  rebuild(decision: StoredDecision): Rebuilt | null {
    if (!decision.asked) return null;
    this.catchUp(decision.at);
    const { args, resource, evidence, estimate } = decision.asked;
    const request: Request = {
      run: this.stateAt(decision.at),
      action: decision.action,
      args,
      argsHash: decision.argsHash,
      resource: objectOf(resource),
      evidence: evidenceOf(evidence),
      estimate: estimateOf(estimate),
    };
    const claim = claimOf(decision);
    return {
      request: claim ? { ...request, approval: claim } : request,
      usage: { run: { ...this.used } },
      now: decision.at,
    };
  }

  /** Counts a decision for those after it. */
  advance({ action, effect }: Pick<StoredDecision, "action" | "effect">): void {
    this.count({ action, effect, count: 1 });
  }

  private count({ action, effect, count }: DecisionCount): void {
    this.used.decisions += count;
    if (effect === "deny") this.used.denials += count;
    else if (effect === "escalate") this.used.escalations += count;
    else {
      const known = this.actions.get(action);
      if (known?.kind === "read") for (const name of known.dataClasses) this.dataClasses.add(name);
    }
  }

  private catchUp(now: Date): void {
    const { facts, usage, classes } = this.past;
    for (let next = facts[this.factsSeen]; next && next.at <= now; next = facts[++this.factsSeen]) {
      const of = (this.facts[next.action] ??= {});
      // Keys are an agent's: `__proto__` must be one like any other.
      Object.defineProperty(of, next.key, {
        value: next.value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    for (let next = usage[this.usageSeen]; next && next.at <= now; next = usage[++this.usageSeen]) {
      this.used.events += next.events;
      this.used.inputTokens += next.inputTokens;
      this.used.outputTokens += next.outputTokens;
      this.used.costMicroUsd += next.costMicroUsd;
      this.used.unpricedCalls += next.unpricedCalls;
    }
    for (let next = classes[this.classesSeen]; next && next.at <= now; next = classes[++this.classesSeen]) {
      for (const name of next.classes) this.dataClasses.add(name);
    }
  }

  /** One object for all of the run's decisions: it is made per run, and only what moves on is set. */
  private stateAt(now: Date): RunState {
    const { run } = this.past;
    const open = new Date(now.getTime() + LEASE_MS);
    this.state.leaseUntil = open;
    this.state.tokenExpiresAt = run.tokenExpiresAt > now ? run.tokenExpiresAt : open;
    this.state.onBehalfOf = signedInBy(run.onBehalfOf, now);
    if (this.state.dataClasses.length < this.dataClasses.size) this.state.dataClasses = [...this.dataClasses];
    return this.state;
  }
}

/** A sign-in after the moment was not known then. */
const signedInBy = (onBehalfOf: RunState["onBehalfOf"], now: Date): RunState["onBehalfOf"] =>
  onBehalfOf?.authenticatedAt && onBehalfOf.authenticatedAt > now
    ? { ...onBehalfOf, authenticatedAt: null }
    : onBehalfOf;

/** The approval as it was before this decision redeemed it. */
function claimOf({ redeemed, runId, agentId, action, argsHash, at }: StoredDecision): ApprovalClaim | null {
  if (!redeemed) return null;
  return {
    id: redeemed.approvalId,
    runId,
    agentId,
    action,
    argsHash,
    state: "approved",
    validUntil: new Date(at.getTime() + LEASE_MS),
    redeemedAt: null,
    questions: redeemed.questions,
    ...(redeemed.overrides.length > 0 && { overrides: redeemed.overrides }),
  };
}

const objectOf = (value: Json): JsonObject | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;

/** What was stored before a field existed, or in another form, is not there. */
function evidenceOf(stored: Json): Evidence | null {
  const given = objectOf(stored);
  if (!given) return null;
  const { reason, confidence, sources, references, alternatives, proposedAction } = given;
  return {
    ...(typeof reason === "string" && { reason }),
    ...(typeof confidence === "number" && { confidence }),
    ...(Array.isArray(sources) && { sources }),
    ...(Array.isArray(references) && { references }),
    ...(Array.isArray(alternatives) && { alternatives }),
    ...(proposedAction !== undefined && { proposedAction }),
  };
}

function estimateOf(stored: Json): Request["estimate"] {
  const estimate = objectOf(stored);
  if (!estimate) return null;
  const { costUsd, tokens } = estimate;
  return {
    ...(typeof costUsd === "number" && { costMicroUsd: microUsd(costUsd) }),
    ...(typeof tokens === "number" && { tokens }),
  };
}
