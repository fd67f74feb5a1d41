import type { CommandContext } from "@/lib/audit/change";
import { makeCheckpoint } from "@/lib/audit/checkpoints/make-checkpoint";
import { env } from "@/lib/server/env";
import type { Logger } from "@/lib/server/log";

/**
 * Makes a checkpoint of the audit record when the last one is older than REMIT_CHECKPOINT_MINUTES and something was recorded since. Safe to
 * run in several workers at once. A record that contradicts what was signed is told each time: it is not signed again.
 */
export async function checkpointWhenDue(context: CommandContext, log: Logger): Promise<void> {
  const dueAfter = new Date(context.clock.now().getTime() - env().REMIT_CHECKPOINT_MINUTES * 60_000);
  const recent = await context.db.checkpoint.findFirst({ where: { at: { gt: dueAfter } }, select: { seq: true } });
  if (recent) return;
  const made = await makeCheckpoint(context, { unlessSince: dueAfter });
  if (made.ok) log.info(made.value, "checkpoint made");
  else if (made.error.code === "record_contradicted")
    log.error({ reason: made.error.message }, "the audit record was tampered with");
}
