import { matchesAction } from "@/lib/catalogue/match";
import type { ActionRow, Tier } from "@/lib/decisions/rows";
import { KINDS, TIERS } from "@/lib/tiers/matrices";
import { tierOutcome, type TierOutcome } from "@/lib/tiers/outcome";
import type { AuthoritySettings } from "@/lib/tiers/authority-settings";
import type { Settings } from "@/lib/tiers/settings";

type Outcome = TierOutcome["effect"];

/** From what an agent may do freely to what it may not do at all. */
const STRICTNESS: Record<Outcome, number> = { allow: 0, review: 1, escalate: 2, deny: 3 };

const isLooser = (from: Outcome, to: Outcome): boolean => STRICTNESS[to] < STRICTNESS[from];

export interface EffectAgent {
  slug: string;
  name: string;
  tier: Tier;
  /** Of its own live grants. */
  patterns: readonly string[];
}

export type EffectAction = Pick<ActionRow, "id" | "title" | "kind" | "reversibility" | "impact">;

/** What one kind of change comes to: so many agents, for so many actions, from this outcome to that. */
export interface OutcomeChange {
  from: Outcome;
  to: Outcome;
  looser: boolean;
  agents: number;
  actions: number;
  /** A few of them, for people to recognise. */
  samples: { agent: string; slug: string; action: string }[];
}

const SAMPLES = 4;

/**
 * What new matrices would do to the agents and actions there are, where no rule says otherwise: looser changes first, then by how many
 * agents they concern. An agent counts by grants of its own; agents above may narrow it further.
 */
export function settingsEffect(
  before: Settings,
  after: Settings,
  actions: readonly EffectAction[],
  agents: readonly EffectAgent[],
): OutcomeChange[] {
  const changes = new Map<string, OutcomeChange & { touched: Set<string> }>();
  for (const tier of TIERS) {
    const moved = actions.flatMap((action) => {
      const from = tierOutcome(before, tier, action).effect;
      const to = tierOutcome(after, tier, action).effect;
      return from === to ? [] : [{ action, from, to }];
    });
    if (moved.length === 0) continue;
    for (const agent of agents) {
      if (agent.tier !== tier) continue;
      const seen = new Set<string>();
      for (const { action, from, to } of moved) {
        if (!agent.patterns.some((pattern) => matchesAction(pattern, action.id))) continue;
        const key = `${from} ${to}`;
        let change = changes.get(key);
        if (!change) {
          change = { from, to, looser: isLooser(from, to), agents: 0, actions: 0, samples: [], touched: new Set() };
          changes.set(key, change);
        }
        change.touched.add(action.id);
        if (seen.has(key)) continue;
        seen.add(key);
        change.agents += 1;
        if (change.samples.length < SAMPLES)
          change.samples.push({ agent: agent.name, slug: agent.slug, action: action.title ?? action.id });
      }
    }
  }
  return [...changes.values()]
    .map(({ touched, ...change }) => ({ ...change, actions: touched.size }))
    .toSorted((a, b) => Number(b.looser) - Number(a.looser) || b.agents - a.agents);
}

/** What of a change lets agents do more, or with less care, in words; empty when it only tightens. */
export function loosened(before: AuthoritySettings, after: AuthoritySettings): string[] {
  const words: string[] = [];
  for (const [tier, cells] of Object.entries(after.tiers) as [Tier, AuthoritySettings["tiers"][Tier]][])
    for (const [kind, to] of Object.entries(cells) as [ActionRow["kind"], Outcome][])
      if (isLooser(before.tiers[tier][kind], to)) words.push(`${tier} × ${kind}: ${before.tiers[tier][kind]} → ${to}`);
  for (const [undo, cells] of Object.entries(after.reversibility) as [ActionRow["reversibility"], object][])
    for (const [impact, to] of Object.entries(cells) as [ActionRow["impact"], Outcome][]) {
      const from = before.reversibility[undo][impact];
      if (isLooser(from, to)) words.push(`${undo} × ${impact}: ${from} → ${to}`);
    }
  if (after.evidence.confidenceFloor < before.evidence.confidenceFloor) words.push("a lower confidence floor");
  const dropped = before.evidence.kinds.filter((kind) => !after.evidence.kinds.includes(kind));
  if (dropped.length > 0) words.push(`no confidence floor for ${dropped.join(", ")}`);
  if (after.approvals.validMinutes > before.approvals.validMinutes) words.push("approvals that hold for longer");
  if (after.approvals.undoSeconds < before.approvals.undoSeconds) words.push("less time to undo a decision");
  if (after.approvals.minimumSeconds.high < before.approvals.minimumSeconds.high)
    words.push("high risk approved after less time on its evidence");
  if (after.reviewMinutes > before.reviewMinutes) words.push("more time before a review");
  if (after.delegation.maxDepth > before.delegation.maxDepth) words.push("deeper delegation");
  const held = (settings: AuthoritySettings) => (kind: ActionRow["kind"]) => settings.budgets.estimates[kind];
  const [heldBefore, heldAfter] = [held(before), held(after)];
  const less = KINDS.filter(
    (kind) =>
      (heldAfter(kind)?.usd ?? 0) < (heldBefore(kind)?.usd ?? 0) ||
      (heldAfter(kind)?.tokens ?? 0) < (heldBefore(kind)?.tokens ?? 0),
  );
  if (less.length > 0) words.push(`less held in envelopes for ${less.join(", ")} without an estimate`);
  const [was, is] = [before.autonomy, after.autonomy];
  if (
    is.minDays < was.minDays ||
    is.minRuns < was.minRuns ||
    is.minSuccess < was.minSuccess ||
    is.maxDenied > was.maxDenied ||
    is.minApproved < was.minApproved ||
    is.maxIncidents > was.maxIncidents
  )
    words.push("a lower bar for promotion");
  return words;
}
