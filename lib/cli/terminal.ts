/** An end of a command that is not a defect: one sentence for the person, and the exit code. */
export class CliError extends Error {
  override name = "CliError";
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** What a command answers: stdout, so that it can be piped. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);
/** What is said beside the answer: stderr. */
export const note = (text: string): void => void process.stderr.write(`${text}\n`);

/** `1 record`, `2 records`. */
export const plural = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

const CODES = { green: 32, yellow: 33, red: 31, blue: 34, dim: 2, bold: 1 } as const;
export type Colour = keyof typeof CODES;

/** Colours where a person looks on, never in a pipe; NO_COLOR (no-color.org) and dumb terminals turn them off. */
export function paint(text: string, colour: Colour, stream: NodeJS.WriteStream = process.stdout): string {
  return stream.isTTY && stream.hasColors() ? `\u001B[${CODES[colour]}m${text}\u001B[0m` : text;
}

/** Reads all of standard input. Refused at a terminal: nobody would know that it waits. */
export async function readStdin(what: string): Promise<string> {
  if (process.stdin.isTTY) throw new CliError(`Pass ${what} on standard input.`, 2);
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

/** A column of texts, each padded to the widest. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  return rows
    .map((row) =>
      row
        .map((cell, at) => (right.includes(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
