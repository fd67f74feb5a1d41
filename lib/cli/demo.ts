import type { Command } from "commander";

import { required, withDatabase } from "@/lib/cli/session";
import { CliError, print } from "@/lib/cli/terminal";
import { removeDemo } from "@/lib/demo/remove";

export function demoCommand(program: Command): void {
  program
    .command("demo")
    .description("the demo organisation")
    .command("remove")
    .description("empty a database that holds a demo; refused for any other")
    .option("--yes", "do it: all that the demo recorded is lost")
    .action(async ({ yes }: { yes?: true }) => {
      if (!yes) throw new CliError("This deletes the demo and all that it recorded. Say --yes to do it.", 2);
      await withDatabase(async (context) => {
        required(await removeDemo(context));
      });
      print("The demo is gone. The next start begins with an empty organisation.");
    });
}
