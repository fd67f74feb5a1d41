import type { ApprovalRow } from "@/lib/approvals/views";

/** What is asked, and to what it would be done. The target is the agent's text. */
export function RequestCell({ row }: { row: Pick<ApprovalRow, "actionTitle" | "target"> }) {
  return (
    <span className="inline-flex max-w-full items-baseline gap-2">
      <span className="min-w-0 truncate font-medium">{row.actionTitle}</span>
      {row.target !== null && (
        <span className="min-w-0 shrink-[2] truncate font-mono text-xs font-normal text-muted">{row.target}</span>
      )}
    </span>
  );
}
