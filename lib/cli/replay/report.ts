import type { Played } from "@/lib/cli/replay/play";
import { table } from "@/lib/cli/terminal";

/** How one kind of write fared. */
interface Measure {
  action: string;
  wrong: Stopped;
  right: Stopped;
}

interface Stopped {
  made: number;
  denied: number;
  escalated: number;
}

/** How many writes, of those that succeeded where nobody governed them, would have been stopped: by action, and over all last. */
export function measure(writes: readonly Played[]): Measure[] {
  const actions = [...new Set(writes.map((call) => call.action))].toSorted();
  const of = (action: string, calls: readonly Played[]): Measure => ({
    action,
    wrong: stoppedOf(calls.filter((call) => call.judged?.right === false)),
    right: stoppedOf(calls.filter((call) => call.judged?.right === true)),
  });
  return [
    ...actions.map((action) =>
      of(
        action,
        writes.filter((call) => call.action === action),
      ),
    ),
    of(ALL, writes),
  ];
}

export const ALL = "all writes";

const stoppedOf = (calls: readonly Played[]): Stopped => ({
  made: calls.length,
  // What the gate could not even take does not happen either.
  denied: calls.filter((call) => call.effect === "deny" || call.effect === "refused").length,
  escalated: calls.filter((call) => call.effect === "escalate").length,
});

/** The tables that `replay --report` prints. `rules` names, by decision, the rules that denied or escalated it. */
export function reportText(writes: readonly Played[], rules: ReadonlyMap<string, readonly string[]>): string {
  if (writes.length === 0) return "No write that succeeded stands in a transcript that says what was expected.";
  const wrong = writes.filter((call) => call.judged?.right === false);
  const rows = measure(writes).map(({ action, wrong: bad, right: good }) => [
    action,
    ...[bad.made, bad.denied, bad.escalated].map(String),
    percent(bad.denied + bad.escalated, bad.made),
    String(good.made),
    String(good.denied),
    percent(good.denied, good.made),
    String(good.escalated),
    percent(good.escalated, good.made),
  ]);
  const header = ["WRITE", "WRONG", "DENIED", "ESCALATED", "STOPPED", "RIGHT", "DENIED", "", "ESCALATED", ""];
  const missed = wrong.filter((call) => call.effect === "allow");
  return [
    "Writes that succeeded, against what was expected:",
    table([header, ...rows], [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    "",
    "What stopped them:",
    table([["WRONG", "RIGHT", "BY"], ...causes(writes, rules)], [0, 1]),
    ...(missed.length === 0
      ? []
      : [
          "",
          `Wrong writes that no rule stopped (${missed.length}):`,
          table([["TIMES", "WRITE", "WHAT WAS WRONG", "WHY NO RULE SEES IT", "LINES"], ...missedRows(missed)], [0]),
        ]),
  ].join("\n");
}

const percent = (part: number, of: number): string => (of === 0 ? "-" : `${((100 * part) / of).toFixed(1)} %`);

function causes(writes: readonly Played[], rules: ReadonlyMap<string, readonly string[]>): string[][] {
  const counts = new Map<string, { wrong: number; right: number }>();
  for (const call of writes) {
    if (call.effect === "allow") continue;
    const held = rules.get(call.decisionId ?? "") ?? [];
    for (const cause of held.length > 0 ? held : ["no rule"]) {
      const key = `${cause} (${call.code})`;
      const count = counts.get(key) ?? { wrong: 0, right: 0 };
      count[call.judged?.right ? "right" : "wrong"] += 1;
      counts.set(key, count);
    }
  }
  return [...counts]
    .toSorted(([a, x], [b, y]) => y.wrong - x.wrong || y.right - x.right || (a < b ? -1 : 1))
    .map(([cause, { wrong, right }]) => [String(wrong), String(right), cause]);
}

function missedRows(missed: readonly Played[]): string[][] {
  const groups = new Map<string, { cells: [string, string, string]; lines: Set<number>; times: number }>();
  for (const call of missed) {
    const [what, why] = faultWords(call);
    const cells: [string, string, string] = [call.action, what, why];
    const key = cells.join("\0");
    const group = groups.get(key) ?? { cells, lines: new Set<number>(), times: 0 };
    group.lines.add(call.line);
    group.times += 1;
    groups.set(key, group);
  }
  return [...groups.values()]
    .toSorted((a, b) => b.times - a.times || (a.cells.join() < b.cells.join() ? -1 : 1))
    .map(({ cells, lines, times }) => [String(times), ...cells, [...lines].toSorted((a, b) => a - b).join(", ")]);
}

function faultWords({ judged }: Played): [what: string, why: string] {
  if (judged === null || judged.right) return ["", ""];
  const { fault } = judged;
  switch (fault.kind) {
    case "other_values":
      return [
        `other ${fault.arguments.join(", ")}`,
        "within the rules; which values the customer wanted was only said in the conversation",
      ];
    case "not_expected":
      return [
        "another write was due",
        "within the rules as far as results show; the wish or the reason was only said in the conversation",
      ];
    case "nothing_expected":
      return [
        "no write was due",
        "within the rules as far as results show; that it was to be refused follows from the conversation",
      ];
  }
}
