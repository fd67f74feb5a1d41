import { decide } from "@/lib/decisions/decide";
import type { Decision, Request, Snapshot, Usage } from "@/lib/decisions/types";
import type { AgentView } from "@/lib/decisions/views";
import { argsHash, type JsonObject } from "@/lib/kernel/json";

/** Everything that an answer depends on. */
export interface World {
  snapshot: Snapshot;
  request: Request;
  usage: Usage;
  now: Date;
}

/** What a decision comes to, an allow that is looked at afterwards told apart; from the mildest to the strictest. */
const ANSWERS = ["allow", "review", "escalate", "deny"] as const;
export type Answer = (typeof ANSWERS)[number];

export const decideIn = ({ snapshot, request, usage, now }: World): Decision => decide(snapshot, request, usage, now);

export const answerOf = ({ effect, review }: Decision): Answer =>
  effect === "allow" && review !== null ? "review" : effect;

export const isMilder = (a: Answer, b: Answer): boolean => ANSWERS.indexOf(a) < ANSWERS.indexOf(b);

/** The same question with other arguments. */
export function withArgs(world: World, args: JsonObject): World {
  const { request } = world;
  return { ...world, request: { ...request, args, argsHash: argsHash(request.action, args).toString("hex") } };
}

/** The same organisation with one agent changed. */
export function withAgent(world: World, id: string, change: (agent: AgentView) => AgentView): World {
  const agent = world.snapshot.agents.get(id);
  if (!agent) return world;
  const agents = new Map(world.snapshot.agents).set(id, change(agent));
  return { ...world, snapshot: { ...world.snapshot, agents } };
}

/** The same question so much later, by a run that kept its lease by its heartbeat. */
export function waitingFor(world: World, ms: number): World {
  const later = (date: Date): Date => new Date(date.getTime() + ms);
  const { run } = world.request;
  const kept = { ...run, leaseUntil: later(run.leaseUntil), tokenExpiresAt: later(run.tokenExpiresAt) };
  return { ...world, now: later(world.now), request: { ...world.request, run: kept } };
}
