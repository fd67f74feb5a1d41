/** What each check asks, for people. A check that this version does not know keeps its name. */
const CHECKS: Record<string, { label: string; asks: string }> = {
  identity: { label: "Identity", asks: "Is it who it says it is, and may it act at all?" },
  catalogue: { label: "Catalogue", asks: "Is the action known, and do the arguments fit it?" },
  authority: { label: "Authority", asks: "Was it granted, by everyone above?" },
  tier: { label: "Tier", asks: "Does its tier reach this kind of action?" },
  rate: { label: "Rate", asks: "Does it ask no more often than it may?" },
  budget: { label: "Budget", asks: "Does what it is expected to cost fit every envelope?" },
  evidence: { label: "Evidence", asks: "Does it bring what the action requires?" },
  policy: { label: "Policies", asks: "What do the rules say?" },
  reversibility: { label: "Reversibility", asks: "Can it be undone, and how much hangs on it?" },
  approval: { label: "Approval", asks: "Did a person approve exactly this?" },
};

export const checkWords = (check: string): { label: string; asks: string | null } =>
  CHECKS[check] ?? { label: check, asks: null };
