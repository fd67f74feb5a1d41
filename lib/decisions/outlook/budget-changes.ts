import { askedOf, assess, type Line } from "@/lib/budgets/assess";
import { UNUSED, type Bounds, type Counter, type Unit } from "@/lib/budgets/envelope";
import { endOf, startOf, type Period } from "@/lib/budgets/periods";
import { unitWords } from "@/lib/budgets/words";
import type { Change } from "@/lib/decisions/outlook/change";
import { waitingFor, type World } from "@/lib/decisions/outlook/world";

/** What is asked of an envelope that has not enough left: less of it, later, or a larger envelope. */
export function budgetChanges(world: World): Change[] {
  const { snapshot, request, usage } = world;
  const counters = usage.budget ?? [];
  const { budgets } = snapshot.settings;
  const asked = askedOf(request.estimate, budgets, snapshot.actions.get(request.action)?.kind ?? "execute");
  const { over, left } = assess(counters, asked, budgets.windDownAt);
  if (over.length === 0) return [];
  return [...smaller(over, left), ...later(world, over), larger(over)];
}

/** Only what an estimate says can be less: a call is a call, and of what is used up nothing is left. */
function smaller(over: readonly Line[], left: Partial<Record<Unit, number>>): Change[] {
  if (over.some(({ unit, bound, taken }) => unit === "calls" || taken >= bound.limit)) return [];
  const units = [...new Set(over.map(({ unit }) => unit))];
  const words = units.map((unit) => unitWords(unit, left[unit] ?? 0)).join(" and ");
  return [
    {
      kind: "estimate",
      words: `An estimate of at most ${words}`,
      apply: (world) => {
        const estimate = { ...world.request.estimate };
        if (units.includes("usd")) estimate.costMicroUsd = BigInt(left.usd ?? 0);
        if (units.includes("tokens")) estimate.tokens = left.tokens ?? 0;
        return { ...world, request: { ...world.request, estimate } };
      },
    },
  ];
}

/** Once a window has ended, the next one is empty. */
function later({ now }: World, over: readonly Line[]): Change[] {
  const ends = over.flatMap(({ counter }) => endOf(counter.period, counter.startsAtMs) ?? []);
  return [...new Set(ends)]
    .toSorted((a, b) => a - b)
    .map((endsAtMs) => ({
      kind: "wait",
      words: `Asked after ${MOMENT.format(endsAtMs)} UTC`,
      apply: (world) => {
        const waited = waitingFor(world, endsAtMs - now.getTime());
        const budget = (world.usage.budget ?? []).map((counter) => begunAnew(counter, endsAtMs));
        return { ...waited, usage: { ...waited.usage, budget } };
      },
    }));
}

const MOMENT = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  day: "numeric",
  month: "long",
  hour: "2-digit",
  minute: "2-digit",
});

function begunAnew(counter: Counter, nowMs: number): Counter {
  const startsAtMs = startOf(counter.period, nowMs);
  return startsAtMs === counter.startsAtMs ? counter : { ...counter, startsAtMs, use: UNUSED };
}

/** All that is too small, made as large as it would have to be. */
function larger(over: readonly Line[]): Change {
  const wanted = over.map((line) => ({ line, limit: Math.max(line.taken + line.asked, line.taken + 1) }));
  const words = wanted.map(
    ({ line, limit }) => `${line.bound.node} with ${unitWords(line.unit, limit)} ${EACH[line.counter.period]}`,
  );
  const widened = (counter: Counter): Bounds => {
    const bounds = { ...counter.bounds };
    for (const { line, limit } of wanted) {
      if (line.counter.ownerId === counter.ownerId && line.counter.period === counter.period)
        bounds[line.unit] = { ...line.bound, limit };
    }
    return bounds;
  };
  return {
    kind: "envelope",
    words: `Envelopes of at least: ${words.join(", ")}`,
    apply: (world) => {
      const budget = (world.usage.budget ?? []).map((counter) => ({ ...counter, bounds: widened(counter) }));
      return { ...world, usage: { ...world.usage, budget } };
    },
  };
}

const EACH: Record<Period, string> = { run: "a run", hour: "an hour", day: "a day", month: "a month" };
