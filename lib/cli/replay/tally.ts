import type { Played } from "@/lib/cli/replay/play";
import { table } from "@/lib/cli/terminal";

/** What a replay came to. */
export interface Tally {
  runs: number;
  calls: Played[];
  /** Lines that could not be replayed, and why. */
  failures: { line: number; message: string }[];
}

const COLUMNS = ["allow", "deny", "escalate", "refused"] as const;

/** The tables for the end: how often each action was asked for and what was decided, then why. */
export function tallyText({ runs, calls, failures }: Tally): string {
  if (calls.length === 0) return `${runs} ${runs === 1 ? "run" : "runs"}, no tool calls.`;
  const shown = COLUMNS.filter((effect) => effect !== "refused" || count(calls, effect) > 0);
  const header = ["ACTION", "ASKED", ...shown.map((effect) => TITLES[effect])];
  const byAction = grouped(calls, (call) => call.action);
  const rows = byAction.map(([action, of]) => [
    action,
    String(of.length),
    ...shown.map((effect) => String(count(of, effect))),
  ]);
  const total = ["", String(calls.length), ...shown.map((effect) => String(count(calls, effect)))];
  const right = header.map((_, at) => at).slice(1);
  const why = grouped(
    calls.filter((call) => call.effect !== "allow" || call.review),
    (call) => [WORDS[call.effect], call.code, call.action, call.message].join("\u0000"),
  ).map(([key, of]) => [String(of.length), ...key.split("\u0000")]);
  return [
    `${runs} ${runs === 1 ? "run" : "runs"}, ${calls.length} tool calls${failures.length > 0 ? `, ${failures.length} lines failed` : ""}.`,
    "",
    table([header, ...rows, total], right),
    ...(why.length > 0 ? ["", table([["TIMES", "DECIDED", "CODE", "ACTION", "WHY"], ...why], [0])] : []),
  ].join("\n");
}

const TITLES = { allow: "ALLOWED", deny: "DENIED", escalate: "ESCALATED", refused: "REFUSED" } as const;
const WORDS = { allow: "review", deny: "denied", escalate: "escalated", refused: "refused" } as const;

const count = (of: readonly Played[], effect: Played["effect"]): number =>
  of.filter((call) => call.effect === effect).length;

/** Groups, the largest first, then by name. */
function grouped(calls: readonly Played[], keyOf: (call: Played) => string): [string, Played[]][] {
  const groups = new Map<string, Played[]>();
  for (const call of calls) {
    const key = keyOf(call);
    const group = groups.get(key);
    if (group) group.push(call);
    else groups.set(key, [call]);
  }
  return [...groups].toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
}
