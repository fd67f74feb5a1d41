import type { Viewer } from "@/lib/auth/viewer";
import { failureModesFor, type FailureModes } from "@/lib/incidents/failure-settings";
import { isSlug } from "@/lib/kernel/slug";
import { settingsBasis } from "@/lib/organisation/settings-change";
import { settingsFrom } from "@/lib/tiers/settings";

interface FailureModesView {
  /** Of whom; null: of all agents that have none of their own. */
  agent: { id: string; slug: string; name: string } | null;
  modes: FailureModes;
  /** What holds once there are none of its own. */
  inherited: FailureModes;
  /** Names what was read: a change is refused when it is no longer that. */
  basis: string;
  mayEdit: boolean;
  /** In percent: the floor of the first failure mode, which is edited with authority. */
  confidenceFloor: number;
  /** Agents in sight that have modes of their own. */
  own: { slug: string; name: string }[];
  /** Agents in sight, to choose from. */
  agents: { slug: string; name: string }[];
}

/** How Remit reacts when work fails; null for an agent that is out of sight, or none. */
export async function readFailureModes(viewer: Viewer, slug: string | null): Promise<FailureModesView | null> {
  const { db, access } = viewer;
  const [row, nodes] = await Promise.all([
    db.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } }),
    db.node.findMany({
      where: { kind: "agent", agent: { status: { not: "retired" } } },
      select: { id: true, slug: true, name: true },
      orderBy: { name: "asc" },
      take: 5_000,
    }),
  ]);
  const seen = nodes.filter((node) => access.can("chart.read", node.id));
  const agent = slug === null || !isSlug(slug) ? null : (seen.find((node) => node.slug === slug) ?? null);
  if (slug !== null && agent === null) return null;
  const { settings } = settingsFrom(row.settings);
  const { failures } = settings;
  return {
    agent,
    modes: failureModesFor(failures, slug),
    inherited: failureModesFor(slug === null ? undefined : { ...failures, agents: {} }, null),
    basis: settingsBasis(row.settings, ["failures"]),
    mayEdit: agent === null ? access.canEverywhere("organisation.write") : access.can("agent.write", agent.id),
    confidenceFloor: Math.round(settings.evidence.confidenceFloor * 100),
    own: seen
      .filter((node) => Object.hasOwn(failures.agents ?? {}, node.slug))
      .map(({ slug: one, name }) => ({ slug: one, name })),
    agents: seen.map(({ slug: one, name }) => ({ slug: one, name })),
  };
}
