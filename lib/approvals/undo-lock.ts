import type { Change } from "@/lib/audit/change";

/** One lock for each approval, beside its row: asking for it writes nothing. */
const SEED = 7_364_906;

/**
 * Held by an undo from before it looks at the clock until its change is committed or given up. What finds it free after the release
 * knows that no undo is under way, and that none can begin any more.
 */
export async function lockForUndo({ tx }: Pick<Change, "tx">, approvalId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${approvalId}, ${SEED}))`;
}

/**
 * Of these approvals ($1, text[]) the ids of those that nobody is undoing. Rows must be read after it, not with it: a statement sees
 * what was committed when it began, and an undo may be committed while it asks.
 */
export const NOT_BEING_UNDONE = `SELECT id FROM unnest($1::text[]) AS id
  WHERE pg_try_advisory_xact_lock_shared(hashtextextended(id, ${SEED}))`;
