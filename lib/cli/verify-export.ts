import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

import { MOST_FAULTS, verifyExport, type ExportVerification } from "@/lib/audit/exports/verify-export";
import { readKeptFile } from "@/lib/cli/kept-file";
import { fromHere, why } from "@/lib/cli/files";
import { CliError, paint, plural, print } from "@/lib/cli/terminal";

/** Recomputes an export of audit records. Needs no database: whoever has the file can do it anywhere. */
export async function verifyExportFile(path: string, checkpoints: readonly string[]): Promise<void> {
  const kept = await Promise.all(checkpoints.map(readKeptFile));
  const found = await verified(
    path,
    kept.flatMap((one) => one.heads),
  );
  const { head, records, rows, vouched, streams, gaps, anchored, complete, faults } = found;
  for (const { line, message } of faults) print(`${path}:${line}: ${message}`);
  if (head === null)
    throw new CliError(`${path} does not begin as an export of audit records, or of a run, as JSON Lines.`);
  if (faults.length > 0)
    throw new CliError(
      `Not whole: ${faults.length === MOST_FAULTS ? "at least " : ""}${plural(faults.length, "fault")}.`,
    );
  if (!complete) throw new CliError(`Not whole: the end of ${path} is missing.`);
  print(
    `${paint("Whole", "green")}: ${plural(records, "record")} of ${plural(streams, "chain")}, exported ${head.at} by ${head.by}.`,
  );
  if (rows > 0)
    print(
      head.parts?.includes("records")
        ? `Proved: the run's decisions, approvals and reviews (${vouched} in all) are what these records say, and as many events are there as these count.`
        : "Not proved: what the run's rows say, since whoever took them along may not see the records of the audit.",
    );
  print("Proved: what each record says is what was hashed, and records that follow each other do so in their chain.");
  print(
    kept.length === 0
      ? "Not proved: that these are Remit's own chains. Pass a checkpoint of Remit's with --checkpoint."
      : `Proved by ${plural(kept.length, "checkpoint")}: ${anchored} of ${plural(records, "record")} stood like this when it was signed.`,
  );
  if (gaps > 0) print(`Not proved: what stands in the ${plural(gaps, "gap")} between these records, ${leftOut(head)}.`);
  print("Not proved: that nothing was recorded after the last record of a chain in this file.");
}

/** Why records are missing in between. */
function leftOut({ format, filters }: NonNullable<ExportVerification["head"]>): string {
  if (format === "remit-run-export-1") return "since this file holds those of one run only";
  const named = Object.entries(filters).map(([name, value]) => `${name}=${value}`);
  return `which the reader's sight${named.length > 0 ? ` or the filters (${named.join(", ")})` : ""} left out`;
}

async function verified(path: string, heads: Parameters<typeof verifyExport>[1]): Promise<ExportVerification> {
  try {
    const input = path === "-" ? process.stdin : createReadStream(fromHere(path), "utf8");
    return await verifyExport(createInterface({ input, crlfDelay: Infinity }), heads);
  } catch (cause) {
    throw new CliError(`${path} cannot be read: ${why(cause)}.`, 2);
  }
}
