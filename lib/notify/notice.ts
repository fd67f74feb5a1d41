import { z } from "zod";

import { NOTICE_KINDS } from "@/lib/notify/kinds";

/** What a message may say beside its subject. Nothing of arguments, nothing secret: `detail` leaves the console only where an admin allows it. */
export const noticeParams = z.strictObject({
  /** Name of the agent. */
  agent: z.string().max(200).optional(),
  risk: z.enum(["low", "medium", "high", "critical"]).optional(),
  /** ISO 8601. */
  deadline: z.iso.datetime().optional(),
  /** More words on the item (its target, a reason), which may be somebody's personal data. */
  detail: z.string().max(2_000).optional(),
});
export type NoticeParams = z.infer<typeof noticeParams>;

export const noticeSchema = z.strictObject({
  kind: z.enum(NOTICE_KINDS),
  /** Names the cause, so that it is told once: `incident:<id>`. */
  key: z.string().min(1).max(200),
  /** People who are told, by id; doubles and people who cannot sign in fall out. */
  recipients: z.array(z.uuid()).max(200),
  subject: z.string().min(1).max(300),
  /** Path in the console: `/incidents/<id>`. */
  link: z.string().regex(/^\/(?!\/)/, "must be a path in the console"),
  params: noticeParams.default({}),
  /** The node that it is about (an agent's id); null for the whole organisation. Its webhooks hear it, and who sees it may read it. */
  nodeId: z.uuid().nullable(),
  urgent: z.boolean().default(false),
});
export type NoticeInput = z.input<typeof noticeSchema>;
