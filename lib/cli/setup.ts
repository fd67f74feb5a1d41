import type { Command } from "commander";

import { required, withDatabase } from "@/lib/cli/session";
import { CliError, print, readStdin } from "@/lib/cli/terminal";
import { env } from "@/lib/server/env";
import { setUp } from "@/lib/people/setup";

interface Options {
  email: string;
  name: string;
  organisation?: string;
  passwordStdin?: true;
}

export function setupCommand(program: Command): void {
  program
    .command("setup")
    .description("create the first admin")
    .requiredOption("--email <email>", "sign-in name")
    .requiredOption("--name <name>", "name of the person")
    .option("--organisation <name>", "name of the organisation")
    .option("--password-stdin", "read the password from standard input")
    .action(async ({ email, name, organisation, passwordStdin }: Options) => {
      if (!passwordStdin) throw new CliError("Pass the password on standard input, with --password-stdin.", 2);
      const password = (await readStdin("the password")).replace(/\r?\n$/, "");
      await withDatabase(async (context) => {
        required(await setUp(context, { email, name, password, organisation }));
      });
      print(`${email} is the first admin. Sign in at ${env().REMIT_URL}.`);
    });
}
