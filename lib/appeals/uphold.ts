import { command } from "@/lib/audit/command";
import { upholdAppealInput } from "@/lib/appeals/schemas";
import { pendingAppeal, settleAppeal } from "@/lib/appeals/settle";
import { ok } from "@/lib/kernel/result";

/** The denial stands, and the agent is told why. Errors: `not_found`, `forbidden`, `appeal_not_pending`. */
export const upholdAppeal = command(upholdAppealInput, {}, async (step, { appealId, comment }) => {
  const opened = await pendingAppeal(step, appealId);
  if (!opened.ok) return opened;
  await settleAppeal(step, opened.value, "appeal.uphold", comment, { state: "upheld" });
  return ok(null);
});
