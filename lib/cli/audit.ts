import { SingleBar } from "cli-progress";
import type { Command } from "commander";

import { verifyAudit } from "@/lib/audit/verify-audit";
import { required, withDatabase } from "@/lib/cli/session";
import { CliError, paint, print } from "@/lib/cli/terminal";

export function auditCommand(program: Command): void {
  program
    .command("audit")
    .description("the record of who did what")
    .command("verify")
    .description(
      "recompute every chain from its first record; names what was tampered with and ends with 1 if anything was",
    )
    .action(async () => {
      const bar = new SingleBar({ format: "{bar} {value}/{total} records", hideCursor: true, stream: process.stderr });
      let began = false;
      const found = await withDatabase(async (context) => {
        const result = await verifyAudit(context, {
          onProgress: ({ records, total }) => {
            if (!began && process.stderr.isTTY) bar.start(total, records);
            began = true;
            bar.update(records);
          },
        });
        bar.stop();
        return required(result);
      });
      const { records, streams, faults } = found;
      const size = `${records} records in ${streams} ${streams === 1 ? "chain" : "chains"}`;
      if (faults.length === 0) return print(`${paint("Whole", "green")}: ${size}.`);
      for (const fault of faults) print(`${fault.stream} #${fault.seq}: ${fault.message}`);
      throw new CliError(`Not whole: ${faults.length} of ${streams} chains; ${size} could be verified.`);
    });
}
