import { admit } from "@/lib/budgets/rate";
import type { Limit } from "@/lib/budgets/limits";
import { found, type Check, type Finding } from "@/lib/decisions/finding";
import type { RateState } from "@/lib/decisions/types";
import type { JsonObject } from "@/lib/kernel/json";

const AT_REST: RateState = { runTatUs: 0, agentTatUs: 0 };

/**
 * Check 5: does the running instance, and does the agent in all, ask no more often than it may? Every request counts, whatever the other
 * checks say of it; one that is refused here counts a quarter, in the bucket that refused it alone (see admit in lib/budgets/rate.ts).
 */
export const rate: Check = ({ agent, usage, nowMs }) => {
  if (!agent) return found("rate", "skip", "allowed", "The agent is not known.");
  const { limits } = agent;
  if (!limits) return found("rate", "deny", "rate_limited", "The agent's stored limits can not be read.");
  const before = usage.rate ?? AT_REST;
  const run = limits.run && admit(before.runTatUs, nowMs, limits.run.rate);
  const all = limits.agent && admit(before.agentTatUs, nowMs, limits.agent.rate);
  if (run?.admitted === false && limits.run)
    return refused("run", limits.run, run.retryAfterMs, { ...before, runTatUs: run.tatUs });
  if (all?.admitted === false && limits.agent)
    return refused("agent", limits.agent, all.retryAfterMs, { ...before, agentTatUs: all.tatUs });
  const saw: JsonObject = {};
  if (limits.run) saw.run = limits.run.text;
  if (limits.agent) saw.agent = limits.agent.text;
  const after = { runTatUs: run?.tatUs ?? before.runTatUs, agentTatUs: all?.tatUs ?? before.agentTatUs };
  return found("rate", "pass", "allowed", "It asks no more often than it may.", saw, { rate: after });
};

function refused(of: "run" | "agent", { text }: Limit, retryAfterMs: number, after: RateState): Finding {
  const who = of === "run" ? "The run" : "The agent, with all its runs,";
  const told = `Too many requests. Ask again in ${(retryAfterMs / 1_000).toFixed(1)} s.`;
  const saw = { of, limit: text, retryAfterMs };
  const more = { told, rate: after, retryAfterMs };
  return found("rate", "deny", "rate_limited", `${who} asks more often than ${text}.`, saw, more);
}
