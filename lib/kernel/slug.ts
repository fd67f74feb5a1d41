/** The store has the same CHECK. */
export const SLUG = /^[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?$/;

/** Whether `value` can be a slug, so that a malformed one is "not found" and never a database error. */
export const isSlug = (value: string): boolean => SLUG.test(value);

/** A slug for what somebody names: `Refunds over $500` → `refunds-over-500`. Empty when nothing is left. */
export function slugFrom(name: string): string {
  const plain = name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");
  const made = plain
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 64)
    .replaceAll(/^-+|-+$/g, "");
  return SLUG.test(made) ? made : "";
}
