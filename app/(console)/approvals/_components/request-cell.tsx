import type { ApprovalRow } from "@/lib/approvals/views";

/** What is asked, and to what it would be done. The target is the agent's text. */
export function RequestCell({ row }: { row: Pick<ApprovalRow, "actionTitle" | "target"> }) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-baseline gap-x-2 @max-2xl:flex-col">
      <span className="max-w-full min-w-0 truncate font-medium">{row.actionTitle}</span>
      {row.target !== null && (
        <span className="max-w-full min-w-0 shrink-[2] truncate font-mono text-xs font-normal text-muted">
          {row.target}
        </span>
      )}
    </span>
  );
}
