import { dollars } from "@/lib/budgets/answer";
import { askedOf, assess, type Assessment, type Line } from "@/lib/budgets/assess";
import { UNITS, type Amounts } from "@/lib/budgets/envelope";
import { overSentence } from "@/lib/budgets/over-words";
import { endOf } from "@/lib/budgets/periods";
import { found, type Check } from "@/lib/decisions/finding";
import type { JsonObject } from "@/lib/kernel/json";

/**
 * Check 6: does what it is expected to cost still fit the envelopes of its run, its agent and every node above? A reservation for the
 * estimate must fit each; without an estimate, one for what the settings say of the kind of action. The agent is told code and public
 * message, and what is left: whose envelope it was, and how large, stays in the trace.
 */
export const budget: Check = ({ agent, action, request, usage, snapshot }) => {
  if (!agent) return found("budget", "skip", "allowed", "The agent is not known.");
  if (!agent.envelopes) return found("budget", "deny", "budget_exceeded", "A stored envelope can not be read.");
  const counters = usage.budget;
  if (!counters || counters.length === 0) return found("budget", "pass", "allowed", "No envelope binds it.");
  const { budgets } = snapshot.settings;
  const asked = askedOf(request.estimate, budgets, action?.kind ?? "execute");
  const assessment = assess(counters, asked, budgets.windDownAt);
  const [first, ...others] = assessment.over;
  if (!first) {
    const { closest } = assessment;
    return found(
      "budget",
      "pass",
      "allowed",
      "It fits its envelopes.",
      sawOf(assessment, closest && lineOf(closest), asked),
      {
        asked,
      },
    );
  }
  const saw = sawOf(assessment, withEnd(first), asked);
  if (others.length > 0) saw.also = others.slice(0, ALSO_MAX).map(withEnd);
  return found("budget", "deny", "budget_exceeded", overSentence(first), saw, { asked });
};

/** Limits beside the first that a trace names. */
const ALSO_MAX = 11;

function sawOf({ left, windDown, unpriced }: Assessment, line: JsonObject | null, asked: Amounts): JsonObject {
  const saw: JsonObject = line ?? {};
  saw.left = amountsOf(left);
  saw.asks = amountsOf(asked, 1);
  if (windDown) saw.windDown = windDown;
  // Calls whose price nobody knows are in none of these sums.
  if (unpriced > 0) saw.unpricedCalls = unpriced;
  return saw;
}

function lineOf({ counter, unit, bound, taken, settled, asked }: Line): JsonObject {
  const amount = (value: number): number => (unit === "usd" ? dollars(value) : value);
  return {
    node: bound.node,
    window: counter.period,
    unit,
    limit: amount(bound.limit),
    spent: amount(settled),
    reserved: amount(taken - settled),
    asked: amount(asked),
  };
}

/** Until when it is so. */
function withEnd(line: Line): JsonObject {
  const { period, startsAtMs } = line.counter;
  const endsAtMs = endOf(period, startsAtMs);
  return endsAtMs === null ? lineOf(line) : { ...lineOf(line), endsAt: new Date(endsAtMs).toISOString() };
}

function amountsOf(amounts: Partial<Amounts>, least = 0): JsonObject {
  const json: JsonObject = {};
  for (const unit of UNITS) {
    const amount = amounts[unit];
    if (amount !== undefined && amount >= least) json[unit] = unit === "usd" ? dollars(amount) : amount;
  }
  return json;
}
