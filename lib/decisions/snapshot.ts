import { ancestors, subtree } from "@/lib/agents/tree";
import type { Level } from "@/lib/agents/attenuate";
import { envelopesOf } from "@/lib/budgets/envelope";
import { limitsOf } from "@/lib/budgets/limits";
import type { Directory } from "@/lib/approvals/route/contacts";
import { directoryOf } from "@/lib/approvals/route/directory";
import { approversOf } from "@/lib/approvals/route/route";
import { compileArgsSchema, type CompiledArguments } from "@/lib/catalogue/arguments";
import { matchesAction } from "@/lib/catalogue/match";
import type { ActionRow, AgentRow, GrantRow, NodeRow, SnapshotRows } from "@/lib/decisions/rows";
import type { Snapshot } from "@/lib/decisions/types";
import type { ActionView, AgentView, GrantView } from "@/lib/decisions/views";
import { compileCondition, type Compiled } from "@/lib/policies/cel/condition";
import { argsTyping, UNTYPED, type ArgsTyping } from "@/lib/policies/cel/typing";
import { bindRule, compileRules, indexRules, type CompiledRule } from "@/lib/policies/compile";
import { settingsFrom, type Settings } from "@/lib/tiers/settings";

/**
 * Compiles the rows of one configuration version into what `decide` reads: indexes by agent and action, effective grants, routes,
 * rules by action. Schemas and conditions are compiled when first needed and remembered for the next version. Pure; never throws
 * for rows as stored: what can not be read any more denies, and says so.
 */
export function compileSnapshot(rows: SnapshotRows): Snapshot {
  const { settings, fault } = settingsFrom(rows.configuration.settings);
  const peopleByEmail = new Map(rows.people.map((person) => [person.email.toLowerCase(), person.id]));
  const actionRows = new Map(rows.actions.map((action) => [action.id, action]));
  const directory = directoryOf(rows);
  const rules = compileRules(rows.policies, ruleNames(rows, peopleByEmail));
  const index = indexRules(rules, actionRows.keys());
  return {
    version: rows.configuration.version,
    killSwitch: rows.configuration.killSwitch,
    killSwitchReason: rows.configuration.killSwitchReason,
    settings,
    settingsFault: fault,
    agents: compileAgents(rows, actionRows, settings, directory),
    actions: new Map(rows.actions.map((action) => [action.id, compileAction(action, index.get(action.id) ?? [])])),
    rules,
    factActions: rows.actions.filter((action) => action.fact !== null).map((action) => action.id),
    people: new Map(
      rows.people.map(({ id, email, name, status }) => [id, { id, email, name, active: status === "active" }]),
    ),
    peopleByEmail,
    directory,
  };
}

function ruleNames(rows: SnapshotRows, peopleByEmail: ReadonlyMap<string, string>) {
  const bySlug = new Map(rows.nodes.map((node) => [node.slug, node]));
  const isAgent = new Set(rows.agents.map((agent) => agent.id));
  return {
    personIdOf: (email: string) => peopleByEmail.get(email),
    nodeIdOf: (slug: string) => bySlug.get(slug)?.id,
    agentIdOf: (slug: string) => {
      const id = bySlug.get(slug)?.id;
      return id !== undefined && isAgent.has(id) ? id : undefined;
    },
    agentsBelow: (slug: string) => {
      const node = bySlug.get(slug);
      return node ? [...subtree(rows.nodes, [node.id])].filter((id) => isAgent.has(id)) : [];
    },
  };
}

function compileAction(action: ActionRow, rules: readonly CompiledRule[]): ActionView {
  let compiled: CompiledArguments | null = null;
  let typed: ArgsTyping | null = null;
  const typing = (): ArgsTyping => (typed ??= argsTyping(action.args));
  return {
    ...action,
    arguments: () => (compiled ??= compileArgsSchema(action.args)),
    typing,
    rules: rules.map((rule) => bindRule(rule, action.id, typing)),
  };
}

function compileAgents(
  rows: SnapshotRows,
  actions: ReadonlyMap<string, ActionRow>,
  settings: Settings,
  directory: Directory,
): ReadonlyMap<string, AgentView> {
  const { nodes } = directory;
  const grants = new Map<string, GrantView[]>(rows.agents.map((agent) => [agent.id, []]));
  for (const grant of rows.grants) grants.get(grant.agentId)?.push(compileGrant(grant, actions));
  const views = rows.agents.map((agent): [string, AgentView] => {
    const above = ancestors(nodes, agent.id);
    const node = nodes.get(agent.id);
    return [
      agent.id,
      { ...compileAgent(agent, node, above, grants, actions, directory), limits: limitsOf(settings, agent) },
    ];
  });
  return new Map(views);
}

function compileAgent(
  agent: AgentRow,
  node: NodeRow | undefined,
  above: readonly NodeRow[],
  grants: ReadonlyMap<string, readonly GrantView[]>,
  actions: ReadonlyMap<string, ActionRow>,
  directory: Directory,
): Omit<AgentView, "limits"> {
  const path = node ? [node, ...above] : above;
  const suspendedBy = path.find((one) => one.suspended);
  const levels: Level<GrantView>[] = [];
  for (const id of [agent.id, ...above.map((one) => one.id)]) {
    const own = grants.get(id);
    if (own) levels.push({ kind: "agent", agentId: id, grants: own });
  }
  const byAction = new Map<string, readonly Level<GrantView>[]>();
  return {
    ...agent,
    slug: node?.slug ?? agent.id,
    name: node?.name ?? agent.id,
    suspendedBy: suspendedBy ? { id: suspendedBy.id, name: suspendedBy.name } : null,
    ancestorIds: above.map((one) => one.id),
    envelopes: envelopesOf(path),
    levels,
    levelsFor: (actionId) => {
      const known = byAction.get(actionId);
      if (known) return known;
      const narrowed = levels.map((level) => narrow(level, actionId));
      // Ids of actions that nobody has catalogued are without number.
      if (actions.has(actionId)) byAction.set(actionId, narrowed);
      return narrowed;
    },
    approverIds: approversOf(agent.ownerId, path, directory),
  };
}

const narrow = (level: Level<GrantView>, actionId: string): Level<GrantView> =>
  level.kind === "agent"
    ? { ...level, grants: level.grants.filter((grant) => matchesAction(grant.pattern, actionId)) }
    : level;

function compileGrant(grant: GrantRow, actions: ReadonlyMap<string, ActionRow>): GrantView {
  const { condition } = grant;
  let compiled: Compiled | null = null;
  const typing = () => {
    const action = actions.get(grant.pattern);
    return action ? argsTyping(action.args) : UNTYPED;
  };
  return {
    ...grant,
    expiresAtMs: grant.expiresAt?.getTime() ?? null,
    compiled: condition === null ? null : () => (compiled ??= compileCondition(condition, typing())),
  };
}
