import { admit, AT_REST, type TatUs } from "@/lib/budgets/rate";
import type { Limit } from "@/lib/budgets/limits";
import { found, type Check, type Finding } from "@/lib/decisions/finding";
import { waitWords } from "@/lib/decisions/wait-words";
import type { JsonObject } from "@/lib/kernel/json";

/**
 * Check 5: does the running instance, and does the agent in all, ask no more often than it may? Every request counts, whatever the other
 * checks say of it; one that is refused counts a quarter (see admit in lib/budgets/rate.ts). What the agent's bucket refused is not
 * counted for the run.
 */
export const rate: Check = ({ agent, usage, nowMs }) => {
  if (!agent) return found("rate", "skip", "allowed", "The agent is not known.");
  const { limits } = agent;
  if (!limits) return found("rate", "deny", "rate_limited", "The agent's stored limits can not be read.");
  const before = usage.rate?.runTatUs ?? AT_REST;
  const all = limits.agent && (usage.rate?.agent ?? admit(AT_REST, nowMs, limits.agent.rate));
  if (limits.agent && all?.admitted === false) return refused("agent", limits.agent, all.retryAfterMs, before);
  const run = limits.run && admit(before, nowMs, limits.run.rate);
  if (limits.run && run?.admitted === false) return refused("run", limits.run, run.retryAfterMs, run.tatUs);
  const saw: JsonObject = {};
  if (limits.run) saw.run = limits.run.text;
  if (limits.agent) saw.agent = limits.agent.text;
  return found("rate", "pass", "allowed", "It asks no more often than it may.", saw, {
    runTatUs: run?.tatUs ?? before,
  });
};

function refused(of: "run" | "agent", { text }: Limit, retryAfterMs: number, runTatUs: TatUs): Finding {
  const who = of === "run" ? "The run" : "The agent, with all its runs,";
  const told = `Too many requests. Ask again in ${waitWords(retryAfterMs)}.`;
  const saw = { of, limit: text, retryAfterMs };
  const more = { told, runTatUs, retryAfterMs };
  return found("rate", "deny", "rate_limited", `${who} asks more often than ${text}.`, saw, more);
}
