import { decidersAmong } from "@/lib/approvals/deciders";
import type { Opened } from "@/lib/approvals/settle";
import type { Step } from "@/lib/audit/command";

/** When a person first had the evidence before them; null: never. */
export async function firstViewOf(step: Step, approvalId: string, personId: string): Promise<Date | null> {
  const view = await step.tx.approvalView.findUnique({
    where: { approvalId_personId: { approvalId, personId } },
    select: { firstAt: true },
  });
  return view?.firstAt ?? null;
}

/** Of those who have approved so far, the people who may decide it still: they are asked, not excluded, active, and hold the role. */
export async function stillMayOf(step: Step, { approval, record }: Opened): Promise<ReadonlySet<string>> {
  const asked = record.votes
    .map((vote) => vote.by)
    .filter((id) => record.approverIds.includes(id) && !record.excludedIds.includes(id));
  return await decidersAmong(step.tx, approval.agentId, asked);
}
