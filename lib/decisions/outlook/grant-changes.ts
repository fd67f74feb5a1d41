import { argumentChanges } from "@/lib/decisions/outlook/argument-changes";
import type { Change } from "@/lib/decisions/outlook/change";
import { decideIn, type World } from "@/lib/decisions/outlook/world";
import type { AgentView, GrantView } from "@/lib/decisions/views";
import type { Level } from "@/lib/agents/attenuate";

/** More levels than any chart and delegation have. */
const LEVELS_MAX = 80;

/** What lacks authority, all of it: a grant to each agent of the chain that has none, the action in each scope that leaves it out. */
export function grantChanges(world: World): Change[] {
  const { snapshot, request } = world;
  const agents = new Set<string>();
  let scoped = false;
  let current = world;
  for (let step = 0; step < LEVELS_MAX; step += 1) {
    const check = decideIn(current).checks.find((one) => one.check === "authority");
    if (check?.outcome !== "deny") break;
    const { runId, agent: slug } = check.saw;
    if (typeof runId === "string") {
      scoped = true;
      current = inScope(current);
    } else {
      const agent = [...snapshot.agents.values()].find((one) => one.slug === slug);
      if (!agent || agents.has(agent.id)) return [];
      agents.add(agent.id);
      current = granted(current, agents);
    }
  }
  const names = [...agents].map((id) => snapshot.agents.get(id)?.name ?? id);
  const parts = [
    ...(agents.size > 0 ? [`a grant for ${request.action} to ${names.join(" and to ")}`] : []),
    ...(scoped ? [`the scope of the run includes ${request.action}`] : []),
  ];
  const words = parts.join(", and ");
  const whole: Change = {
    kind: agents.size > 0 ? "grant" : "scope",
    words: words.charAt(0).toUpperCase() + words.slice(1),
    apply: (from) => (scoped ? inScope(granted(from, agents)) : granted(from, agents)),
  };
  return parts.length === 0 ? [] : [whole, ...byCondition(world)];
}

/** A grant is there, and its condition does not hold: other arguments. */
function byCondition({ snapshot, request }: World): Change[] {
  const agent = snapshot.agents.get(request.run.agentId);
  const levels = agent?.levelsFor(request.action) ?? [];
  const conditions = levels.flatMap((level) =>
    level.kind === "agent" ? level.grants.flatMap((one) => one.condition ?? []) : [],
  );
  return conditions.flatMap((condition) => argumentChanges(condition, request.args));
}

function granted(world: World, agentIds: ReadonlySet<string>): World {
  const { snapshot, request } = world;
  const held = (agentId: string): GrantView => ({
    id: `${agentId}:would`,
    agentId,
    pattern: request.action,
    condition: null,
    expiresAt: null,
    expiresAtMs: null,
    compiled: null,
  });
  const widen = (level: Level<GrantView>): Level<GrantView> =>
    level.kind === "agent" && agentIds.has(level.agentId)
      ? { ...level, grants: [...level.grants, held(level.agentId)] }
      : level;
  const agents = new Map<string, AgentView>();
  for (const [id, agent] of snapshot.agents)
    agents.set(id, { ...agent, levelsFor: (actionId) => agent.levelsFor(actionId).map(widen) });
  return { ...world, snapshot: { ...snapshot, agents } };
}

function inScope(world: World): World {
  const { request } = world;
  const widen = (scope: readonly string[]): readonly string[] =>
    scope.length > 0 ? [...scope, request.action] : scope;
  const { run } = request;
  const parents = run.parents.map((parent) => ({ ...parent, scope: widen(parent.scope) }));
  return { ...world, request: { ...request, run: { ...run, scope: widen(run.scope), parents } } };
}
