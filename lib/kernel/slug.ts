const SLUG = /^[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?$/;

/** Whether `value` can be a node's slug (the store has the same CHECK), so that a malformed one is "not found" and never a database error. */
export const isSlug = (value: string): boolean => SLUG.test(value);
