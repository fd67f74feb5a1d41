import { basename } from "node:path";

import { SingleBar } from "cli-progress";
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";

import { fromHere } from "@/lib/cli/files";
import { noJournal, openJournal } from "@/lib/cli/replay/journal";
import { countLines } from "@/lib/cli/replay/lines";
import { actionNames } from "@/lib/cli/replay/mapping";
import { replay } from "@/lib/cli/replay/replay";
import { reportText } from "@/lib/cli/replay/report";
import { tallyText, type Tally } from "@/lib/cli/replay/tally";
import { withVisitor, type Visitor } from "@/lib/cli/replay/visitor";
import { CliError, note, print } from "@/lib/cli/terminal";
import { RemitClient } from "@/lib/client/client";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { env } from "@/lib/server/env";

interface ReplayArguments {
  agent?: string;
  token?: string;
  gate?: string;
  system?: string;
  limit?: number;
  concurrency: number;
  live?: true;
  journal?: string;
  retry: number;
  report?: true;
}

export function replayCommand(program: Command): void {
  program
    .command("replay")
    .description(
      "send the tool calls of recorded conversations through the gate and print what would have been decided",
    )
    .argument("<file>", "transcripts in OpenAI chat format, one JSON object with messages a line")
    .option("--agent <slug>", "as which agent; a credential is made for it and revoked at the end")
    .option("--token <credential>", "a credential of the agent, instead of --agent; needs --system")
    .option("--gate <url>", "address of the gate")
    .option(
      "--system <id>",
      "system that the tools belong to; else the one that the agent is granted and that has the action",
    )
    .option("--limit <n>", "at most so many lines; without it all", positive)
    .option("--concurrency <n>", "runs at once", positive, 4)
    .option("--live", "make approvals that people are asked for; without it the runs are shadow runs")
    .option("--journal <file>", "append everything that the gate acknowledged, as JSON lines")
    .option(
      "--report",
      "measure against the calls that the transcripts expect: which wrong writes would have been stopped, which right ones disturbed; needs --agent",
    )
    .option("--retry <seconds>", "how long to repeat a call while the gate is away", positive, 60)
    .action(async (file: string, options: ReplayArguments) => {
      await runReplay(fromHere(file), options);
    });
}

async function runReplay(path: string, options: ReplayArguments): Promise<void> {
  const gateUrl = (options.gate ?? env().REMIT_GATE_URL).replace(/\/+$/, "");
  if (options.report && options.agent === undefined)
    throw new CliError("With --report, say as which --agent: what is a write is in the organisation's catalogue.", 2);
  const total = await countLines(path, options.limit ?? Number.POSITIVE_INFINITY);
  await requireGate(gateUrl);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  try {
    await withVisitor(options, (visitor) => replayAs(visitor, path, gateUrl, total, options, stop.signal));
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
}

async function replayAs(
  visitor: Visitor,
  path: string,
  gateUrl: string,
  total: number,
  options: ReplayArguments,
  signal: AbortSignal,
): Promise<void> {
  const journal = options.journal === undefined ? noJournal : openJournal(fromHere(options.journal));
  const bar = new SingleBar({
    format: "{bar} {value}/{total} runs  {eta_formatted} left",
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    noTTYOutput: false,
  });
  bar.start(total, 0);
  try {
    const tally = await replay({
      path,
      limit: options.limit ?? Number.POSITIVE_INFINITY,
      concurrency: options.concurrency,
      signal,
      onLine: () => bar.increment(),
      stage: {
        client: new RemitClient(visitor.credential, { baseUrl: gateUrl, retryForMs: options.retry * 1_000, signal }),
        mode: options.live ? "live" : "shadow",
        actionOf: actionNames(options.system ?? null, visitor.catalogue, visitor.grants),
        isWrite: (action) => visitor.writes.has(action),
        journal,
        session: newId(),
        source: basename(path),
        now: () => systemClock.now(),
      },
    });
    bar.stop();
    print(tallyText(tally));
    if (options.report) print(`\n${await reportOf(visitor, tally)}`);
    for (const { line, message } of tally.failures) note(`line ${line}: ${message}`);
    if (signal.aborted) throw new CliError("The replay was interrupted.", 130);
    if (tally.failures.length > 0) throw new CliError(`${tally.failures.length} of ${total} lines were not replayed.`);
  } finally {
    bar.stop();
    journal.close();
  }
}

async function reportOf({ writes, rulesOf }: Visitor, { calls }: Tally): Promise<string> {
  const judged = calls.filter((call) => call.judged !== null && writes.has(call.action));
  const stopped = judged.filter((call) => call.effect !== "allow");
  const rules = (await rulesOf?.(stopped.flatMap((call) => call.decisionId ?? []))) ?? new Map<string, string[]>();
  return reportText(judged, rules);
}

/** One sentence now rather than a retry on every line. */
async function requireGate(url: string): Promise<void> {
  const answers = await fetch(`${url}/api/v1/health`, { signal: AbortSignal.timeout(5_000) }).then(
    (response) => response.ok,
    () => false,
  );
  if (!answers) throw new CliError(`No gate answers at ${url}: run npm start, or say where it is with --gate.`);
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("It is not a whole number above 0.");
  return value;
}
