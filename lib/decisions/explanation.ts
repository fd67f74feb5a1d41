import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import { countersFrom } from "@/lib/budgets/counters-from";
import { queriesOf } from "@/lib/db/queries";
import type { Part } from "@/lib/decisions/explain";
import { explainRules, type ExplainedRule } from "@/lib/decisions/explain-rules";
import { outlookOf, type Outlook } from "@/lib/decisions/outlook/outlook";
import { loadSnapshotRows } from "@/lib/decisions/snapshot-rows";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import type { Request, Snapshot, Usage } from "@/lib/decisions/types";
import { storedChecks } from "@/lib/decisions/stored-checks";
import { isId } from "@/lib/kernel/ids";
import type { Json } from "@/lib/kernel/json";
import { EarlierRules, readEpochs } from "@/lib/policies/simulation/configurations";
import { storedOutcome } from "@/lib/policies/simulation/outcome";
import { rebuildDecision, type RebuiltDecision } from "@/lib/policies/simulation/rebuild-decision";
import { withNobodyStopped } from "@/lib/policies/simulation/standing";

/** A rule about a decision's request, its condition taken apart. Plain, for pages. */
export interface RuleReading {
  policy: string;
  version: number;
  rule: string;
  effect: string;
  when: string | null;
  condition: Part | null;
}

export interface Explanation {
  outlook: Outlook;
  /** By `policy@version/rule`: conditions of the rules that were about it. */
  rules: RuleReading[];
  /** Whether the request, decided again under the rules of then, comes to what was answered: else what else has changed since does. */
  same: boolean;
  /** It was refused for how things stood at that moment, not for what was asked: the outlook leaves that out. */
  standing: boolean;
  /** For whom the run acted, as the run said. */
  onBehalfOf: string | null;
}

/** Rules that did not hold, of those that a page shows. */
const SILENT_MAX = 50;

/**
 * Why a decision came out as it did, tried again: its request is rebuilt as its run knew it, and decided under the rules that were in
 * force then and the rest of the organisation as it is now. Null when the viewer does not see its agent (I12), there is no such
 * decision, or what was asked is no longer stored.
 */
export async function explainDecision(viewer: Viewer, id: string): Promise<Explanation | null> {
  const tried = await tryAgain(viewer, id);
  if (!tried) return null;
  const outlook = outlookOf(tried.world);
  return {
    outlook,
    rules: readingsOf(viewer, tried),
    same: isSame(outlook, tried.rebuilt),
    standing: tried.rebuilt.standing,
    onBehalfOf: tried.rebuilt.request.run.onBehalfOf?.subject ?? null,
  };
}

/** Only how each rule about a decision's request came out, which is much less work; null as {@link explainDecision}. */
export async function readRules(viewer: Viewer, id: string): Promise<RuleReading[] | null> {
  const tried = await tryAgain(viewer, id);
  return tried && readingsOf(viewer, tried);
}

interface Tried {
  agentId: string;
  rebuilt: RebuiltDecision;
  world: { snapshot: Snapshot; request: Request; usage: Usage; now: Date };
}

async function tryAgain(viewer: Viewer, id: string): Promise<Tried | null> {
  if (!isId(id)) return null;
  const { db, access } = viewer;
  const seen = await db.decision.findFirst({
    where: { id, ...within(access, "run.read", "agentId") },
    select: { agentId: true, at: true, checks: true },
  });
  if (!seen) return null;
  const queries = queriesOf(db);
  const [stored, epochs] = await Promise.all([loadSnapshotRows(queries), readEpochs(queries, seen.at)]);
  const rows = withNobodyStopped(stored);
  const now = compileSnapshot(rows);
  const rules = new EarlierRules(queries, rows, now, epochs);
  const [rebuilt] = await Promise.all([rebuildDecision(queries, id, rows, now.actions, []), rules.prepare([seen.at])]);
  if (!rebuilt) return null;
  // What envelopes held at that moment is known from the trace alone, and only of those that refused.
  const refused = rebuilt.stored.code === "budget_exceeded" ? countersFrom(budgetSaw(seen.checks), seen.at) : [];
  const usage = refused.length > 0 ? { ...rebuilt.usage, budget: refused } : rebuilt.usage;
  const world = { snapshot: rules.at(seen.at), request: rebuilt.request, usage, now: rebuilt.now };
  const standing = rebuilt.standing && refused.length === 0;
  return { agentId: seen.agentId, rebuilt: { ...rebuilt, standing }, world };
}

const budgetSaw = (checks: unknown): Json =>
  storedChecks(checks as Json).find(({ check }) => check === "budget")?.saw ?? null;

const readingsOf = ({ access }: Viewer, { agentId, world }: Tried): RuleReading[] =>
  access.can("policy.read", agentId)
    ? explainRules(world.snapshot, world.request, world.usage, world.now).map(readingOf).slice(0, SILENT_MAX)
    : [];

const isSame = (outlook: Outlook, { stored, standing }: RebuiltDecision): boolean =>
  standing || (outlook.answer === storedOutcome(stored) && outlook.code === stored.code);

const readingOf = ({ rule, condition }: ExplainedRule): RuleReading => ({
  policy: rule.policy,
  version: rule.version,
  rule: rule.rule,
  effect: rule.effect,
  when: rule.when,
  condition,
});
