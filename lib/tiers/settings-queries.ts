import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { settingsBasis } from "@/lib/organisation/settings-change";
import {
  AUTHORITY_SECTIONS,
  authorityDifferences,
  authoritySettings,
  type AuthoritySettings,
} from "@/lib/tiers/authority-settings";
import { settingsEffect, type EffectAction, type EffectAgent, type OutcomeChange } from "@/lib/tiers/settings-effect";
import { settingsFrom, settingsSchema } from "@/lib/tiers/settings";

interface AuthoritySettingsView {
  settings: AuthoritySettings;
  /** Names what was read: a change is refused when it is no longer that. */
  basis: string;
  /** The stored settings do not parse: nothing is allowed until they are replaced. */
  fault: string | null;
  mayEdit: boolean;
}

/** The settings of authority in force; null for whoever may read no policy anywhere. */
export async function readAuthoritySettings(viewer: Viewer): Promise<AuthoritySettingsView | null> {
  if (!viewer.access.canAnywhere("policy.read")) return null;
  const row = await viewer.db.configuration.findUnique({ where: { id: 1 }, select: { settings: true } });
  const { settings, fault } = settingsFrom(row?.settings);
  return {
    settings: authoritySettings(settings),
    basis: settingsBasis(row?.settings, AUTHORITY_SECTIONS),
    fault,
    mayEdit: viewer.access.canEverywhere("organisation.write"),
  };
}

/** The most agents and actions that a preview looks at. */
const AGENT_LIMIT = 5_000;
const ACTION_LIMIT = 5_000;

/** What the new settings would do to the agents in sight and the actions there are. */
export async function previewAuthority(viewer: Viewer, next: AuthoritySettings): Promise<OutcomeChange[]> {
  const { db, access } = viewer;
  const [row, actions, agents] = await Promise.all([
    db.configuration.findUnique({ where: { id: 1 }, select: { settings: true } }),
    db.$queryRaw<EffectAction[]>`
      SELECT id, title, kind::text AS kind, reversibility::text AS reversibility, impact::text AS impact
      FROM action WHERE retired_at IS NULL ORDER BY id LIMIT ${ACTION_LIMIT}`,
    db.$queryRaw<EffectAgent[]>`
      SELECT node.slug, node.name, agent.tier::text AS tier, array_agg(held.pattern) AS patterns
      FROM agent JOIN node ON node.id = agent.id JOIN "grant" held ON held.agent_id = agent.id
      WHERE agent.status <> 'retired' AND held.revoked_at IS NULL
        AND (held.expires_at IS NULL OR held.expires_at > ${viewer.clock.now()})
        AND ${withinSql(access, "chart.read", "agent.id")}
      GROUP BY agent.id, node.id ORDER BY node.name LIMIT ${AGENT_LIMIT}`,
  ]);
  const before = settingsFrom(row?.settings).settings;
  const parsed = settingsSchema.safeParse(authorityDifferences(next));
  if (!parsed.success) return [];
  return settingsEffect(before, { ...before, ...next }, actions, agents);
}
