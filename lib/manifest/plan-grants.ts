import type { CurrentNode } from "@/lib/manifest/current";
import type { ManifestGrant } from "@/lib/manifest/schemas";
import type { PlanStep } from "@/lib/manifest/steps";

/** Grants to give and to take, so that the agent has exactly those listed; none when the manifest does not speak of grants. Those that have expired are left out. */
export function planGrants(
  agent: string,
  listed: readonly ManifestGrant[] | undefined,
  before: CurrentNode | undefined,
  now: Date,
): PlanStep[] {
  if (!listed) return [];
  const held = before?.is.kind === "agent" ? before.is.grants : [];
  const wanted = listed.filter((grant) => grant.expires === null || new Date(grant.expires) > now);
  const same = (grant: ManifestGrant, one: (typeof held)[number]): boolean =>
    grant.pattern === one.pattern && grant.when === one.condition && grant.expires === one.expiresAt;
  const revoked = held
    .filter((one) => !wanted.some((grant) => same(grant, one)))
    .map(({ id, pattern }): PlanStep => {
      const act = { do: "grant.revoke", agent, pattern, grantId: id } as const;
      return { verb: "remove", subject: "grant", name: `${pattern} of ${agent}`, changes: [], act };
    });
  const added = wanted
    .filter((grant) => !held.some((one) => same(grant, one)))
    .map(({ pattern, when, expires }): PlanStep => {
      const changes = [...(when === null ? [] : [`when ${when}`]), ...(expires === null ? [] : [`until ${expires}`])];
      const act = { do: "grant.add", agent, pattern, condition: when, expiresAt: expires } as const;
      return { verb: "create", subject: "grant", name: `${pattern} for ${agent}`, changes, act };
    });
  return [...revoked, ...added];
}
