import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

import { why } from "@/lib/cli/files";
import { CliError } from "@/lib/cli/terminal";

export interface Line {
  /** From 1. */
  number: number;
  text: string;
}

/** The lines of a file that are not blank, at most `limit`, read as they are needed: a day's log may be larger than memory. */
export async function* linesOf(path: string, limit: number): AsyncGenerator<Line> {
  let number = 0;
  let given = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (text.trim() === "") continue;
      if (given === limit) return;
      given += 1;
      yield { number, text };
    }
  } catch (cause) {
    throw new CliError(`${path} cannot be read: ${why(cause)}.`, 2);
  }
}

/** How many lines {@link linesOf} will give. */
export async function countLines(path: string, limit: number): Promise<number> {
  const lines = linesOf(path, limit);
  let count = 0;
  while (!(await lines.next()).done) count += 1;
  return count;
}
