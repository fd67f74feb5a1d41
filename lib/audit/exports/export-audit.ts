import { z } from "zod";

import { command } from "@/lib/audit/command";
import { recordLine, writeLine } from "@/lib/audit/exports/line";
import { auditLinks, listAuditRecords, type AuditParams } from "@/lib/audit/queries";
import { decodeCursor } from "@/lib/audit/schemas";
import type { Viewer } from "@/lib/auth/viewer";
import { csvLine } from "@/lib/kernel/csv";
import { fail, ok } from "@/lib/kernel/result";

export const EXPORT_FORMATS = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What is taken out of Remit, by which filters. */
const exportInput = z.object({
  what: z.enum(["audit", "run"]),
  format: z.enum(EXPORT_FORMATS),
  filters: z.record(z.string().max(40), z.string().max(2_000)),
  /** Of one run, whose record it then is. */
  run: z.object({ id: z.uuid(), agentId: z.uuid() }).optional(),
});

/** Records that somebody exports, before the first row leaves. Errors: `forbidden`. */
export const recordExport = command(
  exportInput,
  {},
  async ({ actor, access, audit, now }, { what, format, filters, run }) => {
    const permission = what === "audit" ? "audit.read" : "run.read";
    if (actor.kind !== "person" || access?.canAnywhere(permission) !== true)
      return fail("forbidden", "You do not have the role that this needs.");
    audit({
      action: `${what}.export`,
      subjectKind: run ? "run" : "export",
      subjectId: run?.id ?? what,
      nodeId: run?.agentId ?? null,
      detail: { format, filters },
    });
    return ok({ at: now });
  },
);

const CSV_HEAD = [
  "at",
  "action",
  "summary",
  "actor_kind",
  "actor_id",
  "actor_name",
  "subject_kind",
  "subject_id",
  "subject_name",
  "node",
  "node_name",
  "stream",
  "seq",
] as const;

/** The records that the viewer sees under these filters as CSV, newest first, so many at a time; times are UTC. */
export async function* auditCsv(viewer: Viewer, params: AuditParams, take = 100): AsyncGenerator<string> {
  yield csvLine(CSV_HEAD);
  for (let after = null, more = true; more;) {
    const page: Awaited<ReturnType<typeof listAuditRecords>> = await listAuditRecords(viewer, {
      ...params,
      after,
      take,
    });
    yield page.rows
      .map(({ at, action, summary, actor, subject, node, stream, seq }) =>
        csvLine([
          at.toISOString(),
          action,
          summary,
          actor.kind,
          actor.id,
          actor.name,
          subject.kind,
          subject.id,
          subject.name,
          node?.slug ?? null,
          node?.name ?? null,
          stream,
          seq,
        ]),
      )
      .join("");
    after = page.next === null ? null : decodeCursor(page.next);
    more = after !== null;
  }
}

/** The same records as JSON Lines that `audit verify-export` recomputes: chain by chain, in their order. */
export async function* auditLines(
  viewer: Viewer,
  params: AuditParams,
  said: { at: Date; filters: Record<string, string> },
  take = 500,
): AsyncGenerator<string> {
  yield writeLine({
    export: {
      format: "remit-audit-export-1",
      at: said.at.toISOString(),
      by: viewer.person.email,
      filters: said.filters,
    },
  });
  let records = 0;
  let after: { stream: string; seq: bigint } | null = null;
  do {
    const batch: Awaited<ReturnType<typeof auditLinks>> = await auditLinks(viewer, params, after, take);
    records += batch.length;
    yield batch.map((one) => writeLine(recordLine(one))).join("");
    after = batch.length < take ? null : (batch.at(-1) ?? null);
  } while (after !== null);
  yield writeLine({ end: { records } });
}
