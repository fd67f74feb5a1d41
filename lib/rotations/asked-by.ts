import type { Db, Tx } from "@/lib/db/client";
import { contactsIn, readContact } from "@/lib/policies/contact";
import { rulesSchema } from "@/lib/policies/schemas";

/** Rules in force that ask who is on call here. */
export async function rulesAsking(
  db: Pick<Db | Tx, "$queryRaw">,
  slug: string,
): Promise<{ policy: string; rule: string }[]> {
  const policies = await db.$queryRaw<{ id: string; rules: unknown }[]>`
    SELECT policy.id, version.rules FROM policy
    JOIN policy_version version ON version.policy_id = policy.id AND version.number = policy.published_version
    WHERE policy.retired_at IS NULL AND strpos(version.rules::text, ${`rotation:${slug}`}) > 0 ORDER BY policy.id`;
  const asks = (text: string): boolean => {
    const contact = readContact(text);
    return contact?.kind === "rotation" && contact.slug === slug;
  };
  return policies.flatMap(({ id, rules }) => {
    const parsed = rulesSchema.safeParse(rules);
    const asking = (parsed.success ? parsed.data : []).filter((rule) => contactsIn(rule).some(asks));
    return asking.map((rule) => ({ policy: id, rule: rule.id }));
  });
}
