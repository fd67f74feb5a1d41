import { z } from "zod";

const hash = z.hex().length(64);

/** Of which filters, when and by whom. */
const head = z.object({
  export: z.object({
    format: z.literal("remit-audit-export-1"),
    /** Records up to here. */
    at: z.string(),
    by: z.string(),
    filters: z.record(z.string(), z.string()),
  }),
});

/** One record: hash = SHA-256 (prevHash ‖ body), the body byte for byte as it was hashed. */
const record = z.object({
  stream: z.string(),
  seq: z.string().regex(/^[1-9]\d{0,18}$/),
  prevHash: hash,
  hash,
  body: z.string(),
});

/** The last line: a file without it was cut off. */
const end = z.object({ end: z.object({ records: z.int().nonnegative() }) });

/** One line of an export of audit records as JSON Lines. */
const exportLine = z.union([record, head, end]);

export type ExportHead = z.infer<typeof head>;
export type ExportRecord = z.infer<typeof record>;
type ExportEnd = z.infer<typeof end>;

export const writeLine = (line: ExportHead | ExportRecord | ExportEnd): string => `${JSON.stringify(line)}\n`;

/** What a line says; null when it is none of an export. */
export function readLine(text: string): ExportHead | ExportRecord | ExportEnd | null {
  try {
    const parsed = exportLine.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
