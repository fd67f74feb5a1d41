import type { Change } from "@/lib/decisions/outlook/change";
import { changesFor } from "@/lib/decisions/outlook/changes";
import { answerOf, decideIn, isMilder, type Answer, type World } from "@/lib/decisions/outlook/world";
import type { DecisionCode } from "@/lib/decisions/codes";
import type { CheckOutcome, Decision } from "@/lib/decisions/types";

/** What would have to be otherwise, and what the answer would then be. */
export interface WouldBe {
  changes: { kind: Change["kind"]; words: string }[];
  answer: Answer;
}

/** How a decision could have come out milder. Every statement has been tried: the request was decided again with that change. */
export interface Outlook {
  /** What the request comes to without any change, in the configuration that it is looked at in. */
  answer: Answer;
  code: DecisionCode;
  /** Each of these by itself, the best answer and the smallest change first. */
  alone: WouldBe[];
  /** Where nothing alone lets it through: these together. None of them can be left out. */
  together: WouldBe | null;
  /** What has to come first, where what it leads to can not be known yet. */
  first: string[];
}

const SHOWN = 8;
const TOGETHER_MAX = 8;

/** Pure: some dozens of decisions. */
export function outlookOf(world: World): Outlook {
  const decision = decideIn(world);
  const answer = answerOf(decision);
  const alone = changesFor(world, decision).flatMap((change) => wouldBe(world, [change], answer) ?? []);
  const best = alone.toSorted((a, b) => rank(a) - rank(b)).slice(0, SHOWN);
  const through = alone.some((one) => one.answer === "allow" || one.answer === "review");
  return {
    answer,
    code: decision.code,
    alone: best,
    together: answer === "allow" || answer === "review" || through ? null : together(world, answer),
    first: decision.checks.flatMap(comesFirst),
  };
}

const RANKS: Record<Answer, number> = { allow: 0, review: 0, escalate: 1, deny: 2 };
const rank = ({ answer }: WouldBe): number => RANKS[answer];

function wouldBe(world: World, changes: readonly Change[], than: Answer): WouldBe | null {
  const answer = answerOf(decideIn(applied(world, changes)));
  return isMilder(answer, than) ? { changes: changes.map(({ kind, words }) => ({ kind, words })), answer } : null;
}

const applied = (world: World, changes: readonly Change[]): World =>
  changes.reduce((current, change) => change.apply(current), world);

const blocks = (check: CheckOutcome): boolean => check.outcome === "deny" || check.outcome === "escalate";

/**
 * Takes away one objection after the other, each by the smallest change that does; then leaves out what turns out not to be needed.
 */
function together(world: World, than: Answer): WouldBe | null {
  let changes: Change[] = [];
  for (let step = 0; step < TOGETHER_MAX; step += 1) {
    const current = applied(world, changes);
    const decision = decideIn(current);
    if (decision.effect === "allow") break;
    const next = changesFor(current, decision).find((change) => helps(decision, decideIn(change.apply(current))));
    if (!next) return null;
    changes = [...changes, next];
  }
  for (const change of changes) {
    const fewer = changes.filter((one) => one !== change);
    if (decideIn(applied(world, fewer)).effect === "allow") changes = fewer;
  }
  const result = wouldBe(world, changes, than);
  return result && result.answer !== "escalate" ? result : null;
}

/** Fewer checks object, or fewer rules do. */
function helps(before: Decision, after: Decision): boolean {
  if (after.effect === "allow") return true;
  const objections = ({ checks }: Decision): number =>
    checks.filter(blocks).length * 1_000 +
    checks.flatMap((check) => (check.rules ?? []).filter((one) => one.matched)).length;
  return objections(after) < objections(before);
}

/** Nobody can say what a source will tell, what arguments would have been meant, or how an action will be classified. */
function comesFirst(check: CheckOutcome): string[] {
  if (check.outcome === "deny" && check.code === "missing_source") {
    const sources = Array.isArray(check.saw.sources) ? check.saw.sources.join(", ") : "";
    return [sources === "" ? "The facts that a rule needs are read in this run" : `${sources} is read in this run`];
  }
  if (check.code === "args_invalid") return ["The arguments fit what the action takes"];
  return check.code === "unclassified" ? ["Somebody puts the action into the catalogue"] : [];
}
