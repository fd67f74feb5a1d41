export type Reversibility = "reversible" | "compensable" | "irreversible";
export type Impact = "low" | "medium" | "high";
export type RiskLevel = "low" | "medium" | "high";

const SCORES = { reversible: 0, compensable: 1, irreversible: 2, low: 0, medium: 1, high: 2 } as const;

/**
 * How an action's reversibility and impact are drawn together: the higher they stand in sum, the redder. It colours only;
 * what an action needs is decided by the reversibility × impact matrix of the site.
 */
export function riskLevel(reversibility: Reversibility, impact: Impact): RiskLevel {
  const score = SCORES[reversibility] + SCORES[impact];
  if (score >= 3) return "high";
  return score === 2 ? "medium" : "low";
}
