import type { CommandContext } from "@/lib/audit/change";
import { change } from "@/lib/audit/change";
import { fail, ok } from "@/lib/kernel/result";

/** Pauses a webhook that fails again and again, once; what is to be sent waits until somebody resumes it. */
export async function pauseFailing(context: CommandContext, id: string, reason: string): Promise<void> {
  await change(context, {}, async ({ tx, now, audit, notify }) => {
    const paused = await tx.webhook.updateManyAndReturn({
      where: { id, pausedAt: null, removedAt: null },
      data: { pausedAt: now, pausedReason: reason.slice(0, 500) },
      select: { name: true, kind: true, nodeId: true },
    });
    const webhook = paused[0];
    if (!webhook) return ALREADY;
    audit({
      action: "webhook.pause",
      subjectKind: "webhook",
      subjectId: id,
      nodeId: webhook.nodeId,
      detail: { name: webhook.name, kind: webhook.kind, reason },
    });
    notify("webhooks");
    return ok(null);
  });
}

const ALREADY = fail("conflict", "It is paused already.");
