import type { Step } from "@/lib/audit/command";
import { KIND_WORDS } from "@/lib/notify/kinds";
import { noticeSchema, type NoticeInput } from "@/lib/notify/notice";

/**
 * Tells people and webhooks of something, in the transaction of its cause: both happen or neither. Who gets it how (list, e-mail, chat,
 * quiet hours, digest) is planned by the worker within about a second. A key that was told before is not told again.
 * Throws a ZodError for a notice that is malformed: a defect of the caller.
 */
export async function notify(step: Pick<Step, "tx" | "now" | "newId">, input: NoticeInput): Promise<void> {
  const { recipients, urgent, ...notice } = noticeSchema.parse(input);
  const { urgency } = KIND_WORDS[notice.kind];
  const made = await step.tx.notice.createManyAndReturn({
    data: [
      {
        ...notice,
        id: step.newId(),
        urgent: urgency === "always" || (urgency === "sometimes" && urgent),
        at: step.now,
      },
    ],
    skipDuplicates: true,
    select: { id: true },
  });
  const noticeId = made[0]?.id;
  if (noticeId === undefined) return;
  const people = await step.tx.person.findMany({
    where: { id: { in: recipients }, status: "active" },
    select: { id: true },
  });
  await step.tx.notification.createMany({
    data: people.map(({ id: personId }) => ({ id: step.newId(), noticeId, personId, at: step.now })),
  });
}
