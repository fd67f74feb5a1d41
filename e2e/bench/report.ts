import { cpus, totalmem, release } from "node:os";

import type { Measured, Name, Tool } from "@/e2e/bench/load";
import { RUNS } from "@/e2e/bench/setup";

export type Each = Record<Name, Measured>;

export interface Round {
  many: Each;
  one: Each;
  /** Processes that wanted a processor in the last minute; what is measured here wants two or three. */
  load: number;
}

/** The largest share of failed requests among all that a round measured. */
export const failed = ({ many, one }: Round): number =>
  Math.max(...[many, one].flatMap((each) => Object.values(each).map((measured) => measured.failedShare)));

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
    `64: bare ${rate(many.bare)}, gate ${rate(many.gate)}, without envelopes ${rate(many.free)}, cerbos ${rate(many.cerbos)} | ` +
    `gate/bare ${(many.gate.perSecond / many.bare.perSecond).toFixed(2)}, gate/cerbos ${(many.gate.perSecond / many.cerbos.perSecond).toFixed(2)} | ` +
    `1: bare ${ms(one.bare.medianMs)}, gate ${ms(one.gate.medianMs)}, without envelopes ${ms(one.free.medianMs)}, cerbos ${ms(one.cerbos.medianMs)} | ` +
    `processor a request: bare ${us(many.bare)}, gate ${us(many.gate)}, cerbos ${us(many.cerbos)} | failed ${many.gate.failures + one.gate.failures} | load ${round.load.toFixed(1)}`
  );
}

/** What e2e/bench/RESULTS.md says. Ratios are medians of the ratios of each round: what else the machine does moves all of a round alike. */
export function report(rounds: readonly Round[], how: { tool: Tool; connections: number; seconds: number }): string {
  const ratio = (pick: (round: Round) => number): string => median(rounds.map(pick)).toFixed(2);
  const figure = (pick: (round: Round) => Measured, of: keyof Measured): number =>
    median(rounds.map((round) => pick(round)[of]));
  const row = (name: Name, words: string): string => {
    const many = (round: Round) => round.many[name];
    const one = (round: Round) => round.one[name];
    const cpu = `${Math.round(figure(many, "serverUs"))} + ${Math.round(figure(many, "storeUs"))} µs`;
    return `| ${words} | ${Math.round(figure(many, "perSecond")).toLocaleString("en-US")}/s | ${ms(figure(many, "medianMs"))} | ${ms(figure(many, "p99Ms"))} | ${cpu} | ${ms(figure(one, "medianMs"))} |`;
  };
  const ratios = (words: string, wanted: string, pick: (round: Round, name: "gate" | "free") => number): string =>
    `| ${words} | ${ratio((round) => pick(round, "gate"))} | ${ratio((round) => pick(round, "free"))} | ${wanted} |`;
  return `# What was measured

## Decisions over HTTP

\`npm run bench\` writes this page. Medians of ${rounds.length} rounds of ${how.seconds} s; each round measures all four, one after the other, and each comes first in turn.

| | ${how.connections} connections | median | 99th | processor time a request: server + database | 1 connection, median |
|---|---|---|---|---|---|
${row("gate", "Remit's gate, all nine checks, two envelopes charged")}
${row("free", "Remit's gate where no envelope is set")}
${row("bare", "bare `node:http`")}
${row("cerbos", "Cerbos 0.55.0")}

| ratio | two envelopes | no envelope | wanted |
|---|---|---|---|
${ratios(`gate : bare, ${how.connections} connections`, "at least 0.40", (r, name) => r.many[name].perSecond / r.many.bare.perSecond)}
${ratios(`gate : Cerbos, ${how.connections} connections`, "at least 2.50, then 4", (r, name) => r.many[name].perSecond / r.many.cerbos.perSecond)}
${ratios("median gate : Cerbos, 1 connection", "below 1", (r, name) => r.one[name].medianMs / r.one.cerbos.medianMs)}
${ratios("median gate : bare, 1 connection", "at most 2", (r, name) => r.one[name].medianMs / r.one.bare.medianMs)}

**How.** All on one machine (${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}), Node.js ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}. Load from ${how.tool} in a
process of its own, which shares the cores with what it measures. The machine's load was ${median(rounds.map((round) => round.load)).toFixed(1)} (median): above 3, others were at work too. The gate is the production bundle, one process, on its own embedded PostgreSQL 18 with \`fsync\` and \`synchronous_commit\`
on: every decision is committed with its checks, the run's counters and its chained audit record before it is answered. The organisation has 13 agents, 6 actions and 2 policies; ${RUNS} runs of one agent ask 70% reads,
25% allowed executions under rules, 4% that a rule denies and 1% that ask a person; no two requests are alike. The second row is an agent that differs
from the first only in that nobody set an envelope for it or above it, so that nothing is charged. The bare server (\`bare.ts\`) reads the JSON and
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
