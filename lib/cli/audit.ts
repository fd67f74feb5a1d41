import { SingleBar } from "cli-progress";
import type { Command } from "commander";

import type { CommandContext } from "@/lib/audit/change";
import type { AuditFault } from "@/lib/audit/verify";
import { checkpointFile, verifyKept, type KeptCheckpoint } from "@/lib/audit/checkpoints/kept";
import { makeCheckpoint } from "@/lib/audit/checkpoints/make-checkpoint";
import { ownSigner } from "@/lib/audit/checkpoints/own-signer";
import { keyIdOf } from "@/lib/audit/checkpoints/signer";
import { verifyAudit } from "@/lib/audit/verify-audit";
import { writeText } from "@/lib/cli/files";
import { readKeptFile } from "@/lib/cli/kept-file";
import { required, withDatabase } from "@/lib/cli/session";
import { CliError, note, paint, plural, print } from "@/lib/cli/terminal";
import { verifyExportFile } from "@/lib/cli/verify-export";

export function auditCommand(program: Command): void {
  const audit = program.command("audit").description("the record of who did what");
  audit
    .command("verify")
    .description(
      "recompute every chain from its first record, compare decisions, approvals and reviews with their records, and verify every checkpoint; names what was tampered with and ends with 1 if anything was",
    )
    .option("-c, --checkpoint <files...>", "checkpoints that were kept elsewhere: what they signed must still stand")
    .action(async ({ checkpoint = [] }: { checkpoint?: string[] }) => {
      const kept = await Promise.all(checkpoint.map(readKeptFile));
      await withDatabase(async (context) => verify(context, kept));
    });
  audit
    .command("checkpoint")
    .description("sign where every chain stands; what was signed last is said again when nothing was recorded since")
    .option("-o, --output <file>", "write the checkpoint to a file, to be kept elsewhere; - is standard output")
    .action(async ({ output }: { output?: string }) => withDatabase(async (context) => sign(context, output)));
  audit
    .command("verify-export")
    .description(
      "recompute an export of audit records (JSON Lines), and say what it proves and what not; needs no database",
    )
    .argument("<file>", "the export; - is standard input")
    .option("-c, --checkpoint <files...>", "checkpoints that were kept elsewhere: they vouch for what leads to them")
    .action(async (file: string, { checkpoint = [] }: { checkpoint?: string[] }) => verifyExportFile(file, checkpoint));
  audit
    .command("key")
    .description("print the public key that checkpoints are signed with here")
    .action(() => {
      const { keyId, publicPem } = ownSigner();
      note(`Key ${keyId}`);
      process.stdout.write(publicPem);
    });
}

async function verify(context: CommandContext, kept: readonly KeptCheckpoint[]): Promise<void> {
  const { records, streams, checkpoints, keys, faults } = await verifyWithBar(context);
  for (const one of kept) faults.push(...(await verifyKept(context.db, one)));
  const signed = checkpoints === 0 ? "" : `, and ${plural(checkpoints, "checkpoint")}`;
  const size = `${plural(records, "record")} in ${plural(streams, "chain")}${signed}`;
  const own = ownSigner().keyId;
  for (const key of new Set([...keys, ...kept.map((one) => keyIdOf(one.publicKey))]))
    if (key !== own)
      note(
        `Some checkpoints were signed by key ${key}, which is not this installation's (${own}): compare it with what you wrote down.`,
      );
  if (faults.length > 0) {
    for (const fault of faults) print(told(fault));
    throw new CliError(`Not whole: ${plural(faults.length, "fault")}; ${size} could be verified.`);
  }
  print(`${paint("Whole", "green")}: ${size}.`);
  for (const one of kept)
    print(
      `Checkpoint ${one.seq} of ${one.said.at}, kept elsewhere: all ${one.said.records} records behind it still stand.`,
    );
}

async function verifyWithBar(context: CommandContext) {
  const bar = new SingleBar({ format: "{bar} {value}/{total} records", hideCursor: true, stream: process.stderr });
  let began = false;
  const result = await verifyAudit(context, {
    onProgress: ({ records, total }) => {
      if (!began && process.stderr.isTTY) bar.start(total, records);
      began = true;
      bar.update(records);
    },
  });
  bar.stop();
  return required(result);
}

async function sign(context: CommandContext, output: string | undefined): Promise<void> {
  const made = await makeCheckpoint(context, {});
  if (!made.ok && made.error.code !== "conflict") throw new CliError(made.error.message);
  const last = await context.db.checkpoint.findFirst({ orderBy: { seq: "desc" }, select: { seq: true } });
  if (!last) throw new CliError("Nothing was recorded yet.");
  note(made.ok ? `Checkpoint ${last.seq} was made.` : `Nothing was recorded since checkpoint ${last.seq}.`);
  if (output === undefined) return;
  const file = (await checkpointFile(context.db, last.seq)) ?? "";
  if (output === "-") process.stdout.write(file);
  else writeText(output, file);
}

const UNNUMBERED: readonly string[] = ["decision", "approval", "review"] satisfies AuditFault["kind"][];

/** A fault of a row that no record is about says itself which one it is. */
const told = ({ kind, stream, seq, message }: AuditFault): string =>
  seq === 0n && UNNUMBERED.includes(kind) ? message : `${stream} #${seq}: ${message}`;
