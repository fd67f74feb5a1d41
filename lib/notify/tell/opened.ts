import type { CommandContext } from "@/lib/audit/change";
import type { Db } from "@/lib/db/client";
import { actionTitle } from "@/lib/decisions/words";
import type { NoticeInput } from "@/lib/notify/notice";
import { peopleWhoMay } from "@/lib/notify/recipients";
import { writeNotices } from "@/lib/notify/write-notices";

/** New ones of one kind that a round tells of; the next second takes the rest. */
const BATCH = 100;

/**
 * Tells of appeals, incidents, policy conflicts and promotions that wait and nobody has been told of: some are written where no command of ours
 * runs (appeals come through the gate). Their notice's key names them, so that each is told once, whoever repeats this.
 */
export async function tellOpened({
  db,
  clock,
  newId,
}: Pick<CommandContext, "db" | "clock" | "newId">): Promise<number> {
  const found = await Promise.all([appeals(db), incidents(db), conflicts(db), promotions(db)]);
  const notices = found.flat();
  await writeNotices(db, notices, clock.now(), newId);
  return notices.length;
}

interface About {
  id: string;
  agentId: string;
  agent: string;
}

async function appeals(db: Db): Promise<NoticeInput[]> {
  const rows = await db.$queryRaw<
    (About & { action: string; title: string | null; subject: "policy" | "authority"; excluded: string[] })[]
  >`
    SELECT a.id, a.agent_id AS "agentId", n.name AS agent, a.action, c.title, a.subject::text, a.excluded_ids AS excluded
    FROM appeal a JOIN node n ON n.id = a.agent_id LEFT JOIN action c ON c.id = a.action
    WHERE a.state = 'pending' AND NOT EXISTS (SELECT 1 FROM notice WHERE key = 'appeal:' || a.id) LIMIT ${BATCH}`;
  return Promise.all(
    rows.map(async (row): Promise<NoticeInput> => {
      const people = await (row.subject === "policy"
        ? peopleWhoMay(db, "policy.write", null)
        : peopleWhoMay(db, "agent.write", row.agentId));
      return {
        kind: "appeal.opened",
        key: `appeal:${row.id}`,
        recipients: people.filter((id) => !row.excluded.includes(id)),
        subject: actionTitle(row.action, row.title).slice(0, 300),
        link: `/approvals/appeals/${row.id}`,
        params: { agent: row.agent.slice(0, 200) },
        nodeId: row.agentId,
      };
    }),
  );
}

async function incidents(db: Db): Promise<NoticeInput[]> {
  const rows = await db.$queryRaw<
    (About & { title: string; severity: "low" | "medium" | "high" | "critical"; opener: string | null })[]
  >`
    SELECT i.id, i.agent_id AS "agentId", n.name AS agent, i.title, i.severity::text, p.name AS opener
    FROM incident i JOIN node n ON n.id = i.agent_id LEFT JOIN person p ON p.id = i.opened_by_id
    WHERE i.state = 'open' AND NOT EXISTS (SELECT 1 FROM notice WHERE key = 'incident:' || i.id) LIMIT ${BATCH}`;
  return Promise.all(
    rows.map(async (row): Promise<NoticeInput> => {
      // What a person typed may name somebody: it is detail.
      const [subject, detail] =
        row.opener === null ? [row.title, undefined] : [`${row.agent}: opened by ${row.opener}`, row.title];
      return {
        kind: "incident.opened",
        key: `incident:${row.id}`,
        recipients: await peopleWhoMay(db, "incident.write", row.agentId),
        subject: subject.slice(0, 300),
        link: `/incidents/${row.id}`,
        params: {
          agent: row.agent.slice(0, 200),
          risk: row.severity,
          ...(detail ? { detail: detail.slice(0, 500) } : {}),
        },
        nodeId: row.agentId,
        urgent: row.severity === "high" || row.severity === "critical",
      };
    }),
  );
}

async function conflicts(db: Db): Promise<NoticeInput[]> {
  const rows = await db.$queryRaw<(About & { ownerId: string; allow: string; deny: string })[]>`
    SELECT c.id, c.agent_id AS "agentId", n.name AS agent, a.owner_id AS "ownerId", c.allow_rule AS allow, c.deny_rule AS deny
    FROM policy_conflict c JOIN node n ON n.id = c.agent_id JOIN agent a ON a.id = c.agent_id
    WHERE c.resolved_at IS NULL AND NOT EXISTS (SELECT 1 FROM notice WHERE key = 'policy_conflict:' || c.id) LIMIT ${BATCH}`;
  return Promise.all(
    rows.map(async (row): Promise<NoticeInput> => ({
      kind: "policy_conflict.opened",
      key: `policy_conflict:${row.id}`,
      recipients: [row.ownerId, ...(await peopleWhoMay(db, "policy.write", row.agentId))],
      subject: `${row.allow} allows what ${row.deny} denies`.slice(0, 300),
      link: "/incidents/conflicts",
      params: { agent: row.agent.slice(0, 200) },
      nodeId: row.agentId,
    })),
  );
}

async function promotions(db: Db): Promise<NoticeInput[]> {
  const rows = await db.$queryRaw<
    (About & { slug: string; parentId: string | null; from: string; to: string; excluded: (string | null)[] })[]
  >`
    SELECT p.id, p.agent_id AS "agentId", n.name AS agent, n.slug, n.parent_id AS "parentId", p.from_tier::text AS from,
      p.to_tier::text AS to, g.past_owner_ids || g.owner_id || p.requested_by_id AS excluded
    FROM promotion p JOIN node n ON n.id = p.agent_id JOIN agent g ON g.id = p.agent_id
    WHERE p.state = 'pending' AND NOT EXISTS (SELECT 1 FROM notice WHERE key = 'promotion:' || p.id) LIMIT ${BATCH}`;
  return Promise.all(
    rows.map(async (row): Promise<NoticeInput> => ({
      kind: "promotion.requested",
      key: `promotion:${row.id}`,
      recipients: (await peopleWhoMay(db, "promotion.decide", row.parentId)).filter((id) => !row.excluded.includes(id)),
      subject: `${row.agent}: from ${row.from} to ${row.to}`.slice(0, 300),
      link: `/agents/${row.slug}/autonomy`,
      params: { agent: row.agent.slice(0, 200) },
      nodeId: row.agentId,
    })),
  );
}
