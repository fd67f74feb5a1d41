import { Command, CommanderError } from "commander";

import { applyCommand, exportCommand } from "@/lib/cli/apply";
import { auditCommand } from "@/lib/cli/audit";
import { credentialCommand } from "@/lib/cli/credential";
import { demoCommand } from "@/lib/cli/demo";
import { peopleCommand } from "@/lib/cli/people";
import { replayCommand } from "@/lib/cli/replay/command";
import { setupCommand } from "@/lib/cli/setup";
import { CliError, note } from "@/lib/cli/terminal";
import { why } from "@/lib/cli/files";
import { env, StartError } from "@/lib/server/env";

/** Runs the command line. Resolves with the exit code: 0 done, 1 refused or failed, 2 called wrongly. */
export async function runCli(args: readonly string[]): Promise<number> {
  const program = new Command("remit")
    .description("Remit, the control plane between AI agents and the systems they act on")
    .showHelpAfterError("Say --help for what there is.")
    .exitOverride();
  for (const add of [
    setupCommand,
    applyCommand,
    exportCommand,
    credentialCommand,
    peopleCommand,
    replayCommand,
    demoCommand,
    auditCommand,
  ]) {
    add(program);
  }
  try {
    await program.parseAsync([...args], { from: "user" });
    return 0;
  } catch (cause) {
    return failed(cause);
  }
}

function failed(cause: unknown): number {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : 2;
  if (cause instanceof CliError) {
    note(cause.message);
    return cause.exitCode;
  }
  if (cause instanceof StartError) {
    note(cause.message);
    return 1;
  }
  note(`It failed: ${why(cause).trim().split("\n").at(-1) ?? "no reason given"}`);
  if (env().LOG_LEVEL === "debug" || env().LOG_LEVEL === "trace")
    note(cause instanceof Error ? (cause.stack ?? "") : "");
  else note("LOG_LEVEL=debug shows where.");
  return 1;
}
