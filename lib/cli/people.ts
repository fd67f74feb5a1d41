import type { Command } from "commander";

import { required, withDatabase } from "@/lib/cli/session";
import { CliError, note, print } from "@/lib/cli/terminal";
import { issueInvite } from "@/lib/people/invite";
import { env } from "@/lib/server/env";

export function peopleCommand(program: Command): void {
  program
    .command("people")
    .description("people and their accounts")
    .command("invite")
    .description("print a link by which a person sets a first or a new password")
    .argument("<email>", "of a person who exists")
    .action(async (email: string) => {
      const { token, expiresAt } = await withDatabase(async (context) => {
        const person = await context.db.person.findUnique({ where: { email: email.trim().toLowerCase() } });
        if (!person) throw new CliError(`There is no person with the e-mail ${email}: list them in a manifest first.`);
        return required(await issueInvite(context, { personId: person.id }));
      });
      note(`It works once, until ${expiresAt.toISOString()}.`);
      print(`${env().REMIT_URL}/invite/${token}`);
    });
}
