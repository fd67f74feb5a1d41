import type { Step } from "@/lib/audit/command";
import type { NoticeInput } from "@/lib/notify/notice";
import { writeNotices } from "@/lib/notify/write-notices";

/**
 * Tells people and webhooks of something, in the transaction of its cause: both happen or neither. Who gets it how (list, e-mail, chat,
 * quiet hours, digest) is planned by the worker within about a second. A key that was told before is not told again.
 */
export const notify = (step: Pick<Step, "tx" | "now" | "newId">, notice: NoticeInput): Promise<void> =>
  writeNotices(step.tx, [notice], step.now, () => step.newId());
