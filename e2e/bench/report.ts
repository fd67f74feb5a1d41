import { cpus, totalmem, release } from "node:os";

import type { Measured, Tool } from "@/e2e/bench/load";
import { RUNS, type Three } from "@/e2e/bench/setup";

type Each = Three<Measured>;

export interface Round {
  many: Each;
  one: Each;
  /** Processes that wanted a processor in the last minute; what is measured here wants two or three. */
  load: number;
}

/** The largest share of failed requests among all that a round measured. */
export const failed = ({ many, one }: Round): number =>
  Math.max(
    ...[many, one].flatMap((each) => [each.bare, each.gate, each.cerbos].map((measured) => measured.failedShare)),
  );

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const rate = (one: Measured): string => `${Math.round(one.perSecond).toLocaleString("en-US")}/s`;
const us = (one: Measured): string => `${Math.round(one.serverUs)}+${Math.round(one.storeUs)} µs`;
const ms = (value: number): string => `${value.toFixed(2)} ms`;

/** One round in one line a setting. */
export function printed(round: Round | null): string {
  if (!round) return "";
  const { many, one } = round;
  return (
    `64: bare ${rate(many.bare)}, gate ${rate(many.gate)}, cerbos ${rate(many.cerbos)} | ` +
    `gate/bare ${(many.gate.perSecond / many.bare.perSecond).toFixed(2)}, gate/cerbos ${(many.gate.perSecond / many.cerbos.perSecond).toFixed(2)} | ` +
    `1: bare ${ms(one.bare.medianMs)}, gate ${ms(one.gate.medianMs)}, cerbos ${ms(one.cerbos.medianMs)} | ` +
    `processor a request: bare ${us(many.bare)}, gate ${us(many.gate)}, cerbos ${us(many.cerbos)} | failed ${many.gate.failures + one.gate.failures} | load ${round.load.toFixed(1)}`
  );
}

/** What e2e/bench/RESULTS.md says. Ratios are medians of the ratios of each round: what else the machine does moves all of a round alike. */
export function report(rounds: readonly Round[], how: { tool: Tool; connections: number; seconds: number }): string {
  const ratio = (pick: (round: Round) => number): string => median(rounds.map(pick)).toFixed(2);
  const figure = (pick: (round: Round) => Measured, of: keyof Measured): number =>
    median(rounds.map((round) => pick(round)[of]));
  const row = (name: "bare" | "gate" | "cerbos", words: string): string => {
    const many = (round: Round) => round.many[name];
    const one = (round: Round) => round.one[name];
    const cpu = `${Math.round(figure(many, "serverUs"))} + ${Math.round(figure(many, "storeUs"))} µs`;
    return `| ${words} | ${Math.round(figure(many, "perSecond")).toLocaleString("en-US")}/s | ${ms(figure(many, "medianMs"))} | ${ms(figure(many, "p99Ms"))} | ${cpu} | ${ms(figure(one, "medianMs"))} |`;
  };
  return `# What was measured

## Decisions over HTTP

\`npm run bench\` writes this page. Medians of ${rounds.length} rounds of ${how.seconds} s; each round measures all three, one after the other, and each comes first in turn.

| | ${how.connections} connections | median | 99th | processor time a request: server + database | 1 connection, median |
|---|---|---|---|---|---|
${row("gate", "Remit's gate")}
${row("bare", "bare `node:http`")}
${row("cerbos", "Cerbos 0.55.0")}

| ratio | measured | wanted |
|---|---|---|
| gate : bare, ${how.connections} connections | ${ratio((r) => r.many.gate.perSecond / r.many.bare.perSecond)} | at least 0.40 |
| gate : Cerbos, ${how.connections} connections | ${ratio((r) => r.many.gate.perSecond / r.many.cerbos.perSecond)} | at least 2.50, then 4 |
| median gate : Cerbos, 1 connection | ${ratio((r) => r.one.gate.medianMs / r.one.cerbos.medianMs)} | below 1 |
| median gate : bare, 1 connection | ${ratio((r) => r.one.gate.medianMs / r.one.bare.medianMs)} | at most 2 |

**How.** All on one machine (${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}), Node.js ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}. Load from ${how.tool} in a
process of its own, which shares the cores with what it measures. The machine's load was ${median(rounds.map((round) => round.load)).toFixed(1)} (median): above 3, others were at work too. The gate is the production bundle, one process, on its own embedded PostgreSQL 18 with \`fsync\` and \`synchronous_commit\`
on: every decision is committed with its checks, the run's counters and its chained audit record before it is answered. The organisation has 12 agents, 6 actions and 2 policies; ${RUNS} runs ask 70% reads,
25% allowed executions under rules, 4% that a rule denies and 1% that ask a person; no two requests are alike. The bare server (\`bare.ts\`) reads the JSON and
group-commits one hash-chained record a request into a table like the audit chain's, on the same database: no routing, tokens, validation, rules or runs. Cerbos answers the same requests under the same rules, with its decision log in a file that it does not sync.
`;
}

/** The second part of the page: what policies.ts printed. */
export const rulesSection = (printedLines: string): string => `## Rules and simulation

In a process of its own, started when the rest has stopped; of rounds in turn the first decile; the bare library is the evaluator of CEL that Remit builds on, with
the same conditions and none of Remit's guards. The simulation reads from an embedded PostgreSQL 18 and decides anew what a draft concerns.

\`\`\`text
${printedLines.trim()}
\`\`\`
`;

/** The third part: what waiting.ts printed. */
export const inboxSection = (printedLines: string): string => `## The inbox

In a process of its own: a whole Remit (production build, embedded PostgreSQL 18), a real Chromium, 10,000 requests that wait, 20 reviewers who are all asked for each.
Measured in the page: from the beginning of its request until the list answers to keys; from the key that approves until the frame with the next item's evidence is painted. A new item is
timed from the gate's answer, which comes after its commit, until the event reaches each of the open inboxes, all on one machine.

\`\`\`text
${printedLines.trim()}
\`\`\`
`;

export const waitingSection = (printedLines: string): string => `## Waiting for a person

In a process of its own. Two gates (production bundles) on one embedded PostgreSQL 18; each agent waits by a long poll on a connection of its own, from the process that decides,
which shares the cores with what it measures. A commit is timed from the moment at which COMMIT is sent: it includes the disk, for the agents as for the bare LISTEN.

\`\`\`text
${printedLines.trim()}
\`\`\`
`;
