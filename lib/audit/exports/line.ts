import { z } from "zod";

const hash = z.hex().length(64);

/** Of which filters, when and by whom. */
const head = z.object({
  export: z.object({
    /** Records of the audit, or one run: its rows, and the records about it. */
    format: z.enum(["remit-audit-export-1", "remit-run-export-1"]),
    /** Records up to here. */
    at: z.string(),
    by: z.string(),
    filters: z.record(z.string(), z.string()),
    /** Of a run: what the reader may see of it. */
    parts: z.array(z.enum(["decisions", "events", "approvals", "reviews", "records"])).optional(),
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

/** A decision with all that its record vouches for; JSON as it was stored. */
const decision = z.object({
  decision: z.object({
    id: z.string(),
    runId: z.string(),
    agentId: z.string(),
    action: z.string(),
    effect: z.string(),
    code: z.string(),
    message: z.string(),
    mode: z.string(),
    args: z.unknown(),
    argsHash: z.string(),
    resource: z.unknown(),
    evidence: z.unknown(),
    estimate: z.unknown(),
    checks: z.unknown(),
    configVersion: z.string(),
    redeemed: z.string().nullable(),
    approvalId: z.string().nullable(),
    at: z.string(),
  }),
});

const text = z.string().nullable();

/** An approval as its records must have made it: {@link StoredApproval}, its arguments as JSON. */
const approval = z.object({
  approval: z.object({
    id: z.string(),
    decisionId: z.string(),
    runId: z.string(),
    agentId: z.string(),
    action: z.string(),
    args: z.unknown(),
    argsHash: z.string(),
    state: z.string(),
    requestedAt: z.string(),
    decidedAt: text,
    decidedById: text,
    comment: text,
    releaseAt: text,
    validUntil: text,
    redeemedAt: text,
    secondsSpent: z.number().nullable(),
    editedById: text,
    editedAt: text,
    answers: z.array(z.string()),
    overrides: z.array(z.string()),
    // Not in files that were written before records held them.
    approverIds: z.array(z.string()).optional(),
    excludedIds: z.array(z.string()).optional(),
    quorum: z.number().optional(),
    deadline: z.string().optional(),
    risk: z.string().optional(),
    votes: z.array(z.object({ by: z.string(), argsHash: z.string(), comment: text })),
    asked: z.object({ runId: z.string(), agentId: z.string(), action: z.string(), argsHash: z.string() }),
    usedAt: text,
  }),
});

/** A review as its records must have made it. */
const review = z.object({
  review: z.object({
    id: z.string(),
    decisionId: z.string(),
    runId: z.string(),
    agentId: z.string(),
    action: z.string(),
    state: z.string(),
    onLapse: z.string(),
    deadline: z.string(),
    decidedAt: text,
    decidedById: text,
    comment: text,
    // Not in files that were written before records held them.
    risk: z.string().optional(),
    excludedIds: z.array(z.string()).optional(),
  }),
});

/** Of these two no record vouches for more than how many there are. */
const run = z.object({ run: z.looseObject({ id: z.string() }) });
const event = z.object({ event: z.looseObject({ id: z.string() }) });

/** The last line: a file without it was cut off. `rows`: of a run, the lines that are neither records nor the head. */
const end = z.object({ end: z.object({ records: z.int().nonnegative(), rows: z.int().nonnegative().optional() }) });

/** One line of an export of audit records as JSON Lines. */
const exportLine = z.union([record, decision, event, approval, review, run, head, end]);

export type ExportHead = z.infer<typeof head>;
export type ExportRecord = z.infer<typeof record>;
export type ExportLine = z.infer<typeof exportLine>;
/** A row of a run: what happened in it, beside the records. */
export type ExportRow = z.infer<typeof decision | typeof approval | typeof review | typeof run | typeof event>;

export const writeLine = (line: ExportLine): string => `${JSON.stringify(line)}\n`;

/** A record as its line. */
export const recordLine = (one: {
  stream: string;
  seq: bigint;
  prevHash: Uint8Array;
  hash: Uint8Array;
  body: string;
}): ExportRecord => ({
  stream: one.stream,
  seq: one.seq.toString(),
  prevHash: Buffer.from(one.prevHash).toString("hex"),
  hash: Buffer.from(one.hash).toString("hex"),
  body: one.body,
});

/** What a line says; null when it is none of an export. */
export function readLine(line: string): ExportLine | null {
  try {
    const parsed = exportLine.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
