import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";

interface FeedAgent {
  slug: string;
  name: string;
}

/** Something that happened, as the live feed shows it. */
export type FeedItem =
  | {
      kind: "decision";
      id: string;
      at: Date;
      agent: FeedAgent;
      runId: string;
      action: string;
      title: string | null;
      effect: "allow" | "deny" | "escalate";
      code: string;
      shadow: boolean;
    }
  | {
      kind: "approval";
      id: string;
      at: Date;
      agent: FeedAgent;
      action: string;
      title: string | null;
      state: "approved" | "rejected" | "expired" | "cancelled";
      by: string | null;
    }
  | {
      kind: "run";
      id: string;
      at: Date;
      agent: FeedAgent;
      status: "succeeded" | "failed" | "blocked" | "halted" | "lost";
    };

type Row<Kind extends FeedItem["kind"]> = Omit<Extract<FeedItem, { kind: Kind }>, "kind" | "agent"> & FeedAgent;

/** The newest decisions, answers to approvals and ends of runs, newest first, at most `take` together. Each source is one bounded read of an index. */
export async function feed(viewer: Viewer, take = 30): Promise<FeedItem[]> {
  const limit = Math.min(take, 100);
  const { db, access } = viewer;
  const [decisions, approvals, runs] = await Promise.all([
    db.$queryRaw<Row<"decision">[]>`
      SELECT newest.id, newest.at, newest."runId", newest.action, newest.effect, newest.code, newest.shadow, node.slug, node.name, action.title
      FROM (
        SELECT id, at, agent_id, run_id AS "runId", action, effect::text AS effect, code, mode = 'shadow' AS shadow
        FROM decision WHERE ${withinSql(access, "run.read", "agent_id")} ORDER BY at DESC LIMIT ${limit}
      ) newest JOIN node ON node.id = newest.agent_id LEFT JOIN action ON action.id = newest.action`,
    db.$queryRaw<Row<"approval">[]>`
      SELECT newest.id, newest.at, newest.action, newest.state, node.slug, node.name, action.title, person.name AS by FROM (
        SELECT id, least(coalesce(decided_at, deadline), ${viewer.clock.now()}::timestamptz) AS at, agent_id, action, state::text AS state, decided_by_id
        FROM approval WHERE state <> 'pending' AND ${withinSql(access, "approval.read", "agent_id")} ORDER BY id DESC LIMIT ${limit}
      ) newest JOIN node ON node.id = newest.agent_id LEFT JOIN action ON action.id = newest.action
      LEFT JOIN person ON person.id = newest.decided_by_id`,
    db.$queryRaw<Row<"run">[]>`
      SELECT newest.id, newest.at, newest.status, node.slug, node.name FROM (
        SELECT id, ended_at AS at, agent_id, status::text AS status
        FROM run WHERE ended_at IS NOT NULL AND ${withinSql(access, "run.read", "agent_id")} ORDER BY ended_at DESC LIMIT ${limit}
      ) newest JOIN node ON node.id = newest.agent_id`,
  ]);
  const items: FeedItem[] = [
    ...decisions.map(({ slug, name, ...row }): FeedItem => ({ kind: "decision", agent: { slug, name }, ...row })),
    ...approvals.map(({ slug, name, ...row }): FeedItem => ({ kind: "approval", agent: { slug, name }, ...row })),
    ...runs.map(({ slug, name, ...row }): FeedItem => ({ kind: "run", agent: { slug, name }, ...row })),
  ];
  return items.toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1)).slice(0, limit);
}
