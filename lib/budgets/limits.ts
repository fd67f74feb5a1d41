import { parseRate, type Rate } from "@/lib/budgets/rate";
import { rates } from "@/lib/budgets/schemas";
import type { AgentRow } from "@/lib/decisions/rows";
import type { Settings } from "@/lib/tiers/settings";

/** The limits that bind an agent, and where each is a limit at all, how people write it. */
export interface AgentLimits {
  /** Each of its running instances by itself. */
  readonly run: Limit | null;
  /** All of them together. */
  readonly agent: Limit | null;
}

export interface Limit {
  readonly rate: Rate;
  readonly text: string;
}

/** The agent's own limits over those of the settings; null when its own can not be read, which then denies. */
export function limitsOf(settings: Settings, agent: Pick<AgentRow, "rate">): AgentLimits | null {
  const own = rates.safeParse(agent.rate ?? {});
  if (!own.success) return null;
  const text = { ...settings.rates, ...own.data };
  return { run: limit(text.run), agent: limit(text.agent) };
}

function limit(text: string): Limit | null {
  const rate = parseRate(text);
  return rate && { rate, text };
}
