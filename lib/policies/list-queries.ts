import type { Viewer } from "@/lib/auth/viewer";
import { Prisma } from "@/lib/db/generated/client";
import { searchSql } from "@/lib/db/search-sql";
import { summariseByRule, summarise, type HitSummary } from "@/lib/policies/hits";
import { dailyHitsOfPolicies } from "@/lib/policies/hits-queries";
import type { PolicyListParams } from "@/lib/policies/list-params";
import { rulesInSight, ruleSight, type RuleSight } from "@/lib/policies/sight";
import { readStoredRules } from "@/lib/policies/stored-rules";

/** More policies than this are not ordered by how often they held. */
const MOST_POLICIES = 2_000;

export interface PolicyListRow {
  id: string;
  name: string;
  /** Rules in force (in sight), or of the draft of a policy that never was in force. */
  rules: number;
  /** Of those in force: how many this Remit cannot read. The gate denies everything by them. */
  unreadable: number;
  /** In force now; null: only a draft, or retired. */
  version: number | null;
  retired: boolean;
  draft: { state: "editing" | "proposed"; at: string; by: string | null } | null;
  published: { at: string; by: string | null } | null;
  hits: HitSummary;
}

type Listed = Omit<PolicyListRow, "unreadable">;

interface Stored {
  id: string;
  name: string;
  version: number | null;
  retired: boolean;
  ruleCount: number;
  draftState: "editing" | "proposed" | null;
  draftAt: Date | null;
  draftBy: string | null;
  publishedAt: Date | null;
  publishedBy: string | null;
}

/** A page of the policies, and how often their rules held; those without a rule that concerns the viewer's subtree are not there (I12). */
export async function listPolicies(
  viewer: Viewer,
  params: PolicyListParams,
): Promise<{ rows: PolicyListRow[]; total: number }> {
  const sight = await ruleSight(viewer);
  if (sight === null) return { rows: [], total: 0 };
  const stored = await stateful(viewer, params, sight);
  const counts = sight === "all" ? null : await countsInSight(viewer, stored, sight);
  const seen = stored
    .map((row) => (counts ? { ...row, ruleCount: counts.get(row.id) ?? 0 } : row))
    .filter((row) => counts === null || row.ruleCount > 0);
  const hits = summariseByRule(
    await dailyHitsOfPolicies(
      viewer,
      seen.map((row) => row.id),
    ),
    viewer.clock.now(),
  );
  const none = summarise([], viewer.clock.now());
  const rows = seen.map((row) => listed(row, hits.get(row.id) ?? none, sight)).toSorted(orderOf(params));
  const start = (params.page - 1) * params.pageSize;
  return { rows: await withUnreadable(viewer, rows.slice(start, start + params.pageSize)), total: rows.length };
}

async function withUnreadable({ db }: Viewer, rows: readonly Listed[]): Promise<PolicyListRow[]> {
  const versions = await db.$queryRaw<{ id: string; rules: unknown }[]>`
    SELECT version.policy_id AS id, version.rules FROM policy
    JOIN policy_version version ON version.policy_id = policy.id AND version.number = policy.published_version
    WHERE policy.id = ANY(${rows.map((row) => row.id)}) AND policy.retired_at IS NULL`;
  const counts = new Map(versions.map(({ id, rules }) => [id, readStoredRules(rules).unreadable.length]));
  return rows.map((row) => ({ ...row, unreadable: counts.get(row.id) ?? 0 }));
}

async function stateful({ db }: Viewer, { q, state }: PolicyListParams, sight: RuleSight): Promise<Stored[]> {
  const wanted = state.map((one) => STATE_SQL[one]);
  const states =
    wanted.length === 0
      ? Prisma.sql`(policy.id IS NULL OR policy.retired_at IS NULL OR draft.id IS NOT NULL)`
      : Prisma.sql`(${Prisma.join(wanted, " OR ")})`;
  const drafts = sight === "all" ? Prisma.sql`TRUE` : Prisma.sql`policy.id IS NOT NULL`;
  return await db.$queryRaw<Stored[]>`
    SELECT coalesce(policy.id, draft.policy_id) AS id, coalesce(policy.name, draft.name) AS name,
      CASE WHEN policy.retired_at IS NULL THEN policy.published_version END AS version,
      coalesce(policy.retired_at IS NOT NULL, false) AS retired,
      jsonb_array_length(coalesce(version.rules, draft.rules, '[]')) AS "ruleCount",
      draft.state::text AS "draftState", draft.updated_at AS "draftAt", drafter.name AS "draftBy",
      version.created_at AS "publishedAt", publisher.name AS "publishedBy"
    FROM policy FULL JOIN policy_draft draft ON draft.policy_id = policy.id
      LEFT JOIN policy_version version ON version.policy_id = policy.id AND version.number = policy.published_version
      LEFT JOIN person publisher ON publisher.id = version.created_by_id
      LEFT JOIN person drafter ON drafter.id = draft.updated_by_id
    WHERE ${states} AND ${drafts}
      AND ${searchSql(q, [Prisma.sql`policy.name`, Prisma.sql`draft.name`, Prisma.sql`coalesce(policy.id, draft.policy_id)`])}
    ORDER BY 2, 1 LIMIT ${MOST_POLICIES}`;
}

const STATE_SQL = {
  in_force: Prisma.sql`(policy.published_version IS NOT NULL AND policy.retired_at IS NULL)`,
  draft: Prisma.sql`draft.id IS NOT NULL`,
  retired: Prisma.sql`policy.retired_at IS NOT NULL`,
};

async function countsInSight(
  { db }: Viewer,
  stored: readonly Stored[],
  sight: RuleSight,
): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ id: string; rules: unknown }[]>`
    SELECT policy.id, version.rules FROM policy
    JOIN policy_version version ON version.policy_id = policy.id AND version.number = policy.published_version
    WHERE policy.id = ANY(${stored.map((row) => row.id)})`;
  return new Map(
    rows.map(({ id, rules }) => {
      const read = readStoredRules(rules);
      return [id, rulesInSight(read.rules, sight).length + read.unreadable.length];
    }),
  );
}

function listed(row: Stored, hits: HitSummary, sight: RuleSight): Listed {
  const { id, name, version, retired, ruleCount, draftState, draftAt, draftBy, publishedAt, publishedBy } = row;
  return {
    id,
    name,
    rules: ruleCount,
    version,
    retired,
    draft:
      sight === "all" && draftState && draftAt ? { state: draftState, at: draftAt.toISOString(), by: draftBy } : null,
    published: publishedAt && { at: publishedAt.toISOString(), by: publishedBy },
    hits,
  };
}

function orderOf({ sort, descending }: PolicyListParams): (a: Listed, b: Listed) => number {
  const key = (row: Listed): number =>
    ({ name: 0, rules: row.rules, hits: row.hits.total, published: Date.parse(row.published?.at ?? "") || 0 })[sort];
  const way = descending ? -1 : 1;
  return (a, b) =>
    way * (key(a) - key(b) || (sort === "name" ? a.name.localeCompare(b.name, "en") : 0)) ||
    a.id.localeCompare(b.id, "en");
}
