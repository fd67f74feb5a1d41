import { linesOf, type Line } from "@/lib/cli/replay/lines";
import { play, type Stage } from "@/lib/cli/replay/play";
import type { Tally } from "@/lib/cli/replay/tally";
import { readTranscript } from "@/lib/cli/replay/transcript";
import { CliError } from "@/lib/cli/terminal";
import { RemitProblem } from "@/lib/client/wire";

interface ReplayOptions {
  path: string;
  limit: number;
  /** Runs at once. */
  concurrency: number;
  stage: Stage;
  signal: AbortSignal;
  /** Told after every line. */
  onLine(): void;
}

/** Codes after which no line can do better: the credential or the agent is not good for runs. */
const HOPELESS = new Set([
  "unauthenticated",
  "token_invalid",
  "token_malformed",
  "token_expired",
  "token_revoked",
  "credential_revoked",
  "agent_suspended",
  "agent_retired",
  "unreachable",
]);

/**
 * Replays a file line by line, several at once. A line that fails is reported and the others go on.
 * @throws CliError when no line can go through: the credential is refused, or the gate stays away.
 */
export async function replay(options: ReplayOptions): Promise<Tally> {
  const { stage, signal } = options;
  const tally: Tally = { runs: 0, calls: [], failures: [] };
  const lines = linesOf(options.path, options.limit);
  const one = async ({ number, text }: Line): Promise<void> => {
    const read = readTranscript(text);
    if (!read.ok) {
      tally.failures.push({ line: number, message: read.message });
      return;
    }
    try {
      tally.calls.push(...(await play(stage, read.transcript, number)));
      tally.runs += 1;
    } catch (cause) {
      if (signal.aborted) return;
      if (!(cause instanceof RemitProblem)) throw cause;
      if (HOPELESS.has(cause.code)) throw new CliError(cause.message);
      tally.failures.push({ line: number, message: cause.message });
    }
  };
  const worker = async (): Promise<void> => {
    for (let next = await lines.next(); !next.done && !signal.aborted; next = await lines.next()) {
      await one(next.value);
      options.onLine();
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, worker));
  tally.failures.sort((a, b) => a.line - b.line);
  return tally;
}
