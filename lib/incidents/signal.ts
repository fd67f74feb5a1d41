import type { Step } from "@/lib/audit/command";
import { rejectionsSince, tooManyRejections } from "@/lib/incidents/failure-modes";
import { failureModesFor } from "@/lib/incidents/failure-settings";
import { settingsFrom } from "@/lib/tiers/settings";

/**
 * Called in the change that rejects an approval: writes a signal when it is one too many within the window of the agent's failure mode.
 * The worker opens the incident: whoever rejects must not wait for it, nor need the right to stop the agent. It acts on the signal from
 * `releaseAt` on, when the rejection can no longer be undone.
 */
export async function signalRejection(
  step: Step,
  { agentId, runId }: { agentId: string; runId: string },
  releaseAt: Date,
): Promise<void> {
  const { tx, now } = step;
  const configuration = await tx.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } });
  const agent = await tx.node.findUniqueOrThrow({ where: { id: agentId }, select: { slug: true } });
  const { rejections } = failureModesFor(settingsFrom(configuration.settings).settings.failures, agent.slug);
  if (rejections.incidentAfter === 0) return;
  const last = await tx.incident.findFirst({
    where: { agentId, source: "rejections" },
    orderBy: { openedAt: "desc" },
    select: { openedAt: true },
  });
  const since = rejectionsSince(now, rejections.withinMinutes, last?.openedAt ?? null);
  const count = await tx.approval.count({ where: { agentId, state: "rejected", decidedAt: { gt: since } } });
  if (!tooManyRejections(count, rejections)) return;
  await tx.failureSignal.create({
    data: { id: step.newId(), rule: "rejections", agentId, runId, count, at: releaseAt },
  });
}

/** Called in the change that undoes a rejection: what it signalled has not been acted upon, since it was not released. */
export async function withdrawSignal(
  step: Step,
  { agentId, runId }: { agentId: string; runId: string },
): Promise<void> {
  await step.tx.failureSignal.deleteMany({ where: { rule: "rejections", agentId, runId, at: { gt: step.now } } });
}
