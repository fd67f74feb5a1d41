import type { Viewer } from "@/lib/auth/viewer";
import { dayOf, firstDay } from "@/lib/policies/hits";
import { rulesSchema, type RuleEffect } from "@/lib/policies/schemas";
import {
  isSuggestionKind,
  SUGGEST_DAYS,
  suggestionsFor,
  subjectOf,
  type RuleRecord,
  type Suggestion,
  type SuggestionKind,
} from "@/lib/measures/suggest";

/** Rolled-back actions that are looked at; with more, the latest speak. */
const ROLLED_BACK_MOST = 2_000;

interface SuggestionRow extends Suggestion {
  policyName: string;
  description: string | null;
  /** A draft of the policy is under way: it is continued, not begun. */
  drafted: boolean;
}

interface DismissedRow {
  kind: SuggestionKind;
  policy: string;
  rule: string;
  reason: string;
  by: string;
  at: Date;
  until: Date;
}

interface Suggestions {
  open: SuggestionRow[];
  dismissed: DismissedRow[];
  /** Whether the viewer may act upon them. */
  mayChange: boolean;
}

/**
 * What the last thirty days suggest for rules in force. Null for who does not see the whole organisation: the counts of a part would mislead
 * about a rule that binds all of it.
 */
export async function readSuggestions(viewer: Viewer): Promise<Suggestions | null> {
  if (!viewer.access.canEverywhere("measures.read")) return null;
  const now = viewer.clock.now();
  const [rules, records, putAside] = await Promise.all([
    rulesInForce(viewer),
    ruleRecords(viewer, now),
    dismissals(viewer, now),
  ]);
  const asides = new Set(putAside.map((one) => `${one.kind} ${subjectOf(one)}`));
  const known = rules.map(({ policy, rule, effect, signIn }): RuleRecord => {
    const { approvers, ...record } = records.get(`${policy}/${rule}`) ?? EMPTY;
    return { policy, rule, effect, signIn, ...record, approvers };
  });
  const byName = new Map(rules.map((rule) => [subjectOf(rule), rule]));
  const open = suggestionsFor(known, (kind, subject) => asides.has(`${kind} ${subject}`)).map((one): SuggestionRow => {
    const rule = byName.get(subjectOf(one));
    return {
      ...one,
      policyName: rule?.name ?? one.policy,
      description: rule?.description ?? null,
      drafted: rule?.drafted ?? false,
    };
  });
  return { open, dismissed: putAside, mayChange: viewer.access.canEverywhere("policy.write") };
}

interface RuleInForce {
  policy: string;
  name: string;
  rule: string;
  effect: RuleEffect;
  signIn: boolean;
  description: string | null;
  drafted: boolean;
}

async function rulesInForce({ db }: Viewer): Promise<RuleInForce[]> {
  const rows = await db.$queryRaw<{ id: string; name: string; rules: unknown; drafted: boolean }[]>`
    SELECT p.id, p.name, v.rules, EXISTS (SELECT 1 FROM policy_draft d WHERE d.policy_id = p.id) AS drafted
    FROM policy p JOIN policy_version v ON v.policy_id = p.id AND v.number = p.published_version
    WHERE p.retired_at IS NULL ORDER BY p.id LIMIT 1000`;
  return rows.flatMap(({ id, name, rules, drafted }) => {
    const parsed = rulesSchema.safeParse(rules);
    if (!parsed.success) return [];
    return parsed.data.map((rule) => ({
      policy: id,
      name,
      rule: rule.id,
      effect: rule.effect,
      signIn: rule.ask === "reauthentication",
      description: rule.description ?? null,
      drafted,
    }));
  });
}

type Record30 = Omit<RuleRecord, "policy" | "rule" | "effect" | "signIn">;
const EMPTY: Record30 = {
  approved: 0,
  rejected: 0,
  expired: 0,
  overturned: 0,
  approvers: 0,
  held: 0,
  rolledBack: 0,
  appealsGranted: 0,
  appealsAnswered: 0,
};

/** What is known of each rule, by `policy/rule`. */
async function ruleRecords({ db }: Viewer, now: Date): Promise<Map<string, Record30>> {
  const [from, to] = [firstDay(now, SUGGEST_DAYS), dayOf(now)];
  const since = new Date(from);
  const [asked, held, rolledBack, appeals] = await Promise.all([
    db.$queryRaw<
      ({ rule: string } & Pick<Record30, "approved" | "rejected" | "expired" | "overturned" | "approvers">)[]
    >`
      WITH part AS (
        SELECT key, approved, rejected, expired, overturned, people FROM approval_day
        WHERE kind = 'cause' AND day BETWEEN ${from}::date AND ${to}::date AND key NOT LIKE 'code:%'
      ), who AS (
        SELECT key, count(DISTINCT u.id)::int AS approvers FROM part CROSS JOIN LATERAL unnest(people) AS u(id) GROUP BY key
      )
      SELECT key AS rule, sum(approved)::int AS approved, sum(rejected)::int AS rejected, sum(expired)::int AS expired,
        sum(overturned)::int AS overturned, coalesce(max(who.approvers), 0) AS approvers
      FROM part LEFT JOIN who USING (key) GROUP BY key HAVING sum(approved + rejected + expired) >= 20 LIMIT 1000`,
    db.$queryRaw<{ rule: string; held: number }[]>`
      SELECT policy_id || '/' || rule_id AS rule, sum(count)::int AS held FROM rule_hit
      WHERE mode = 'live' AND effect IN ('allow', 'review') AND day BETWEEN ${from}::date AND ${to}::date GROUP BY 1 LIMIT 10000`,
    db.$queryRaw<{ rule: string; rolledBack: number }[]>`
      SELECT (rule->>'policy') || '/' || (rule->>'rule') AS rule, count(DISTINCT undone.id)::int AS "rolledBack"
      FROM (SELECT d.id, d.checks FROM review r JOIN decision d ON d.id = r.decision_id
          WHERE r.state IN ('rolling_back', 'rolled_back', 'rollback_failed') AND r.created_at >= ${since} AND strpos(d.checks::text, '\\u') = 0
          ORDER BY r.id DESC LIMIT ${ROLLED_BACK_MOST}) AS undone
        CROSS JOIN LATERAL json_array_elements(undone.checks) AS c
        CROSS JOIN LATERAL json_array_elements(CASE WHEN json_typeof(c->'rules') = 'array' THEN c->'rules' ELSE '[]' END) AS rule
      WHERE c->>'check' = 'policy' AND rule->>'matched' = 'true' AND rule->>'effect' IN ('allow', 'review') GROUP BY 1`,
    db.$queryRaw<{ rule: string; appealsGranted: number; appealsAnswered: number }[]>`
      SELECT rule, (count(*) FILTER (WHERE state = 'granted'))::int AS "appealsGranted", count(*)::int AS "appealsAnswered"
      FROM appeal CROSS JOIN LATERAL unnest(rules) AS rule WHERE state <> 'pending' AND opened_at >= ${since} GROUP BY 1 LIMIT 1000`,
  ]);
  const records = new Map<string, Record30>();
  for (const { rule, ...part } of [...asked, ...held, ...rolledBack, ...appeals])
    records.set(rule, { ...EMPTY, ...records.get(rule), ...part });
  return records;
}

async function dismissals({ db }: Viewer, now: Date): Promise<DismissedRow[]> {
  const rows = await db.suggestionDismissal.findMany({
    where: { until: { gt: now } },
    orderBy: [{ at: "desc" }, { subject: "asc" }],
    take: 200,
    include: { by: { select: { name: true } } },
  });
  return rows.flatMap(({ kind, subject, by, reason, at, until }) => {
    const [policy = "", rule = ""] = subject.split("/");
    return isSuggestionKind(kind) ? [{ kind, policy, rule, reason, by: by.name, at, until }] : [];
  });
}
