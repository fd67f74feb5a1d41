import { attenuate, isLive, type HeldGrant, type Level } from "@/lib/agents/attenuate";
import { matchesAction } from "@/lib/catalogue/match";
import type { ActionRow, Tier } from "@/lib/decisions/rows";
import { tierOutcome, type TierOutcome } from "@/lib/tiers/outcome";
import type { Settings } from "@/lib/tiers/settings";

interface ConditionalGrant extends HeldGrant {
  /** CEL; null holds always. */
  readonly condition: string | null;
}

/** An agent on the way down: the agent itself first, then those above it in the chart, nearest first. */
export interface AuthorityLevel {
  agentId: string;
  grants: readonly ConditionalGrant[];
}

export type CatalogueAction = Pick<ActionRow, "id" | "title" | "kind" | "reversibility" | "impact">;

/** What the agent can do with one action that its own grants name. */
export type EffectiveAction = CatalogueAction & { patterns: string[] } & (
    | (TierOutcome & {
        /** CEL that must hold as well, of every level whose live grants are all conditional. */
        conditions: string[];
        narrowedBy: null;
      })
    | {
        effect: "deny";
        by: "authority";
        conditions: [];
        /** The agent whose grants do not let it through; the agent itself when its own have expired. */
        narrowedBy: string;
      }
  );

/**
 * The effective authority, action by action (invariant I4): the actions that the agent's own grants name, expired ones included,
 * each with what the levels above and the tier leave of it. A condition is taken to hold, and shown.
 */
export function effectiveActions(
  levels: readonly AuthorityLevel[],
  tier: Tier,
  settings: Settings,
  actions: readonly CatalogueAction[],
  nowMs: number,
): EffectiveAction[] {
  const own = levels[0]?.grants ?? [];
  const steps = levels.map((level): Level<ConditionalGrant> => ({ kind: "agent", ...level }));
  return actions.flatMap((action): EffectiveAction[] => {
    const patterns = own.filter((grant) => matchesAction(grant.pattern, action.id)).map((grant) => grant.pattern);
    if (patterns.length === 0) return [];
    const authority = attenuate(steps, action.id, nowMs, () => true);
    if (!authority.granted) {
      const narrowedBy = authority.at.kind === "agent" ? authority.at.agentId : (levels[0]?.agentId ?? "");
      return [{ ...action, patterns, effect: "deny", by: "authority", conditions: [], narrowedBy }];
    }
    const conditions = levels.flatMap((level) => conditionsOn(level, action.id, nowMs));
    return [{ ...action, patterns, ...tierOutcome(settings, tier, action), conditions, narrowedBy: null }];
  });
}

function conditionsOn(level: AuthorityLevel, actionId: string, nowMs: number): string[] {
  const live = level.grants.filter((grant) => matchesAction(grant.pattern, actionId) && isLive(grant, nowMs));
  const conditions = live.flatMap((grant) => grant.condition ?? []);
  return conditions.length === live.length ? conditions : [];
}
