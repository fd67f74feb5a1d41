import type { VersionRules } from "@/lib/appeals/permit-for";
import type { Tx } from "@/lib/db/client";
import type { StoredCheck } from "@/lib/decisions/stored-checks";

/** The rules of the policies that spoke in a decision: as they were then, and as they are in force now. */
export async function versionsFor(
  db: Pick<Tx, "policy" | "policyVersion">,
  checks: readonly StoredCheck[],
): Promise<{ asDecided: VersionRules[]; inForce: VersionRules[] }> {
  const spoke = checks.flatMap((check) => check.rules);
  const policies = await db.policy.findMany({
    where: { id: { in: [...new Set(spoke.map((rule) => rule.policy))] }, retiredAt: null },
    select: { id: true, publishedVersion: true },
  });
  const now = policies.flatMap(({ id, publishedVersion }) =>
    publishedVersion === null ? [] : [{ policy: id, version: publishedVersion }],
  );
  const wanted = [...spoke.map(({ policy, version }) => ({ policy, version })), ...now];
  const found = await db.policyVersion.findMany({
    where: { OR: wanted.map(({ policy, version }) => ({ policyId: policy, number: version })) },
    select: { policyId: true, number: true, rules: true },
  });
  const asDecided = found.map(({ policyId, number, rules }) => ({ policy: policyId, version: number, rules }));
  const inForce = asDecided.filter((one) =>
    now.some(({ policy, version }) => policy === one.policy && version === one.version),
  );
  return { asDecided, inForce };
}
