import { readKept, type KeptCheckpoint } from "@/lib/audit/checkpoints/kept";
import { readText } from "@/lib/cli/files";
import { CliError } from "@/lib/cli/terminal";

/** A checkpoint's file, verified by itself. */
export async function readKeptFile(path: string): Promise<KeptCheckpoint> {
  const kept = readKept(await readText(path));
  if (typeof kept === "string") throw new CliError(`${path} ${kept}`);
  return kept;
}
