import { authorise } from "@/lib/auth/authorise";
import { snoozeInput } from "@/lib/approvals/schemas";
import { stateAt } from "@/lib/approvals/standing";
import { NOT_PENDING, openApproval, personWhoActs, record } from "@/lib/approvals/settle";
import { command } from "@/lib/audit/command";
import { fail, ok, type Result } from "@/lib/kernel/result";

/**
 * Hides an approval from one's own queue until then, or shows it again. It stays theirs to decide, reminders still come, and it cannot
 * be hidden until its deadline: that would be deciding it. Errors: `not_found`, `approval_not_pending`, `invalid_input` with field `until`.
 */
export const snoozeApproval = command(
  snoozeInput,
  {},
  async (step, input): Promise<Result<{ until: string | null }>> => {
    const { approvalId, until } = input;
    const opened = await openApproval(step, approvalId, "none");
    if (!opened.ok) return opened;
    const person = personWhoActs(step);
    if (!person.ok) return person;
    const { approval } = opened.value;
    const reads = authorise(step, "approval.read", approval.agentId);
    if (!reads.ok) return reads;
    const key = { approvalId, personId: person.value.personId };
    if (until === null) {
      await step.tx.approvalSnooze.deleteMany({ where: key });
      record(step, "approval.snooze", approval, { until: null });
      return ok({ until: null });
    }
    if (stateAt(approval.state, approval.deadline, step.now) !== "pending") return NOT_PENDING;
    const at = new Date(until);
    if (at <= step.now) return fail("invalid_input", "Choose a time to come.", "until");
    if (at >= approval.deadline) return fail("invalid_input", "Choose a time before its deadline.", "until");
    await step.tx.approvalSnooze.upsert({
      where: { approvalId_personId: key },
      create: { ...key, until: at },
      update: { until: at },
    });
    record(step, "approval.snooze", approval, { until: at.toISOString() });
    return ok({ until: at.toISOString() });
  },
);
