import type { ExportHead, ExportRecord, ExportRow } from "@/lib/audit/exports/line";
import { approvalDifferences } from "@/lib/audit/standing/approval-record";
import { decisionDifference } from "@/lib/audit/standing/decision-record";
import { reviewDifferences } from "@/lib/audit/standing/review-record";
import type { RecordedStep } from "@/lib/audit/standing/steps";
import { parseBody } from "@/lib/audit/verify";

/**
 * Compares the rows of a run's export with the records in the same file, which come before them. Holds those records in memory: of one run.
 * Without records in the file (its reader may not see the audit) nothing is compared.
 */
export class RunRows {
  /** By what the record is about. */
  private readonly about = new Map<string, RecordedStep[]>();
  private readonly decisionsLeft = new Set<string>();
  private eventsLeft = 0;
  private readonly parts: ReadonlySet<string>;
  vouched = 0;

  constructor({ parts = [] }: ExportHead["export"]) {
    this.parts = new Set(parts);
  }

  /** A record that verified by itself. */
  keep({ stream, seq, body }: ExportRecord): void {
    const said = parseBody(body);
    if (!said) return;
    const steps = this.about.get(said.subject.id) ?? [];
    steps.push({ stream, seq, body });
    this.about.set(said.subject.id, steps);
    if (said.action.startsWith("decision.")) this.decisionsLeft.add(said.subject.id);
    if (said.action === "run.report") this.eventsLeft += Number(said.detail["events"] ?? 0);
  }

  /** What is wrong with a row, or null. */
  take(row: ExportRow): string | null {
    if ("event" in row) this.eventsLeft -= 1;
    if ("event" in row || "run" in row || !this.parts.has("records")) return null;
    const differences = this.differences(row);
    if (differences.length === 0) this.vouched += 1;
    return differences.length === 0 ? null : `It has another ${differences.join(", ")} than its records say.`;
  }

  /** What the records speak of and the file lacks, or null. */
  missing(): string | null {
    if (!this.parts.has("records")) return null;
    if (this.parts.has("decisions") && this.decisionsLeft.size > 0)
      return `${this.decisionsLeft.size} of the decisions that the records are about are missing.`;
    if (!this.parts.has("events") || this.eventsLeft === 0) return null;
    return this.eventsLeft > 0
      ? `${this.eventsLeft} of the events that the records count are missing.`
      : `There are ${-this.eventsLeft} events more than the records count.`;
  }

  private differences(row: Exclude<ExportRow, { event: unknown } | { run: unknown }>): string[] {
    if ("approval" in row) {
      const { approval } = row;
      const steps = [...this.of(approval.id), ...this.of(approval.decisionId), ...this.permits(approval.id)];
      return approvalDifferences({ ...approval, args: JSON.stringify(approval.args) }, steps);
    }
    if ("review" in row) return reviewDifferences(row.review, this.of(row.review.id));
    const { decision } = row;
    this.decisionsLeft.delete(decision.id);
    const [record] = this.of(decision.id);
    if (!record) return ["origin"];
    const stored = {
      ...decision,
      args: JSON.stringify(decision.args),
      checks: JSON.stringify(decision.checks),
      resource: textOf(decision.resource),
      evidence: textOf(decision.evidence),
      estimate: textOf(decision.estimate),
    };
    const difference = decisionDifference(record.body, stored);
    return difference === null ? [] : [difference];
  }

  private of(subjectId: string): RecordedStep[] {
    return this.about.get(subjectId) ?? [];
  }

  /** An appeal's permit is recorded with the appeal. */
  private permits(approvalId: string): RecordedStep[] {
    const all = [...this.about.values()].flat();
    return all.filter(({ body }) => body.startsWith('{"action":"appeal.permit"') && body.includes(approvalId));
  }
}

const textOf = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value);
