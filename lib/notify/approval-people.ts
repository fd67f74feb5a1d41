import { z } from "zod";

import type { Db } from "@/lib/db/client";
import { decisiveChecks, storedChecks } from "@/lib/decisions/stored-checks";
import type { Json } from "@/lib/kernel/json";

export interface Routed {
  id: string;
  approverIds: readonly string[];
  checks: Json;
}

const rulesSchema = z.array(z.object({ id: z.string(), to: z.array(z.string()).optional() }));

/**
 * Who is asked first, by approval: the people that the escalating rules name, as far as they may decide; else the nearest who may. (The
 * others may decide, too, and are told when the first does not react.)
 */
export async function firstAsked(db: Db, approvals: readonly Routed[]): Promise<Map<string, string[]>> {
  const asking = approvals.map((approval) => ({ approval, rules: escalatingRules(approval.checks) }));
  const versions = new Map(
    asking.flatMap(({ rules }) =>
      rules.map((one) => [`${one.policy}@${one.version}`, { policyId: one.policy, number: one.version }] as const),
    ),
  );
  const [stored, people] = await Promise.all([
    versions.size === 0
      ? []
      : db.policyVersion.findMany({
          where: { OR: [...versions.values()] },
          select: { policyId: true, number: true, rules: true },
        }),
    db.person.findMany({
      where: { id: { in: [...new Set(approvals.flatMap((one) => [...one.approverIds]))] } },
      select: { id: true, email: true },
    }),
  ]);
  const idByEmail = new Map(people.map((person) => [person.email, person.id]));
  const namedBy = (one: { policy: string; version: number; rule: string }): string[] => {
    const version = stored.find((each) => each.policyId === one.policy && each.number === one.version);
    const rules = rulesSchema.safeParse(version?.rules);
    return rules.success ? (rules.data.find((rule) => rule.id === one.rule)?.to ?? []) : [];
  };
  return new Map(
    asking.map(({ approval, rules }) => {
      const named = rules.flatMap(namedBy).map((email) => idByEmail.get(email.toLowerCase()));
      const may = approval.approverIds.filter((id) => named.includes(id));
      return [approval.id, may.length > 0 ? may : approval.approverIds.slice(0, 1)];
    }),
  );
}

const escalatingRules = (checks: Json): { policy: string; version: number; rule: string }[] =>
  decisiveChecks(storedChecks(checks)).flatMap((check) =>
    check.rules.filter((rule) => rule.matched && rule.effect === "escalate"),
  );
