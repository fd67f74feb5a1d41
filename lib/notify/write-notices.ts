import type { Db, Tx } from "@/lib/db/client";
import { KIND_WORDS } from "@/lib/notify/kinds";
import { noticeSchema, type NoticeInput } from "@/lib/notify/notice";

/**
 * Stores notices and whom they are for, in one statement. A key that was told before is left as it was, so that whoever repeats this after a
 * crash tells nobody twice. Throws a ZodError for a malformed notice: a defect of the caller.
 */
export async function writeNotices(
  db: Pick<Db | Tx, "$executeRaw">,
  inputs: readonly NoticeInput[],
  now: Date,
  newId: () => string,
): Promise<void> {
  if (inputs.length === 0) return;
  const rows = inputs.map((input) => {
    const { recipients, urgent, ...notice } = noticeSchema.parse(input);
    const { urgency } = KIND_WORDS[notice.kind];
    return {
      ...notice,
      id: newId(),
      urgent: urgency === "always" || (urgency === "sometimes" && urgent),
      people: [...new Set(recipients)].map((personId) => ({ id: newId(), person_id: personId })),
    };
  });
  await db.$executeRaw`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS g(id uuid, kind text, urgent boolean, key text, subject text,
        link text, params jsonb, "nodeId" uuid, people jsonb)
    ), made AS (
      INSERT INTO notice (id, kind, urgent, key, subject, link, params, node_id, at)
      SELECT id, kind, urgent, key, subject, link, params, "nodeId", ${now} FROM given ON CONFLICT DO NOTHING
      RETURNING id
    )
    INSERT INTO notification (id, notice_id, person_id, at)
    SELECT told.id, made.id, told.person_id, ${now} FROM made JOIN given ON given.id = made.id,
      jsonb_to_recordset(given.people) AS told(id uuid, person_id uuid)
      JOIN person ON person.id = told.person_id AND person.status = 'active'`;
}
