import type { ActionRow, Tier } from "@/lib/decisions/rows";

export type Kind = ActionRow["kind"];
export type Reversibility = ActionRow["reversibility"];
export type Impact = ActionRow["impact"];

export const TIERS = ["observe", "recommend", "prepare", "escalate", "execute"] as const satisfies readonly Tier[];
export const KINDS = ["read", "draft", "propose", "execute"] as const satisfies readonly Kind[];
export const REVERSIBILITIES = [
  "reversible",
  "compensable",
  "irreversible",
] as const satisfies readonly Reversibility[];
export const IMPACTS = ["low", "medium", "high"] as const satisfies readonly Impact[];

export const TIER_EFFECTS = ["allow", "escalate", "deny"] as const;
type TierEffect = (typeof TIER_EFFECTS)[number];
type TierMatrix = Record<Tier, Record<Kind, TierEffect>>;

export const CARE_EFFECTS = ["allow", "review", "escalate"] as const;
type CareEffect = (typeof CARE_EFFECTS)[number];
type ReversibilityMatrix = Record<Reversibility, Record<Impact, CareEffect>>;

/**
 * What an agent of a tier may do with an action of a kind. In order of trust:
 * Observe looks. Recommend may also put proposals before people; a draft, which leaves something in a system, is asked for.
 * Prepare drafts and proposes freely, and a person carries out. Escalate does everything up to the act itself, and asks before
 * each act. Execute acts: grants, policies, budgets and the reversibility matrix still bind it.
 */
export const DEFAULT_TIERS: TierMatrix = {
  observe: { read: "allow", draft: "deny", propose: "deny", execute: "deny" },
  recommend: { read: "allow", draft: "escalate", propose: "allow", execute: "deny" },
  prepare: { read: "allow", draft: "allow", propose: "allow", execute: "deny" },
  escalate: { read: "allow", draft: "allow", propose: "allow", execute: "escalate" },
  execute: { read: "allow", draft: "allow", propose: "allow", execute: "allow" },
};

/**
 * How carefully an `execute` is let through where no rule said otherwise: the harder it is to undo and the more it matters, the
 * more of a person it takes. Reads, drafts and proposals change nothing that would have to be undone.
 */
export const DEFAULT_REVERSIBILITY: ReversibilityMatrix = {
  reversible: { low: "allow", medium: "allow", high: "review" },
  compensable: { low: "allow", medium: "review", high: "escalate" },
  irreversible: { low: "review", medium: "escalate", high: "escalate" },
};
