/**
 * Patterns of action ids: `*`, `crm.*`, `crm.read_*` or one id. A star stands at the end only, so that matching is one
 * comparison of a prefix and one pattern either covers another or has nothing in common with it.
 */
const PATTERN = /^(?:\*|[a-z0-9][a-z0-9_-]*\.(?:\*|[A-Za-z0-9][A-Za-z0-9_.-]*\*?))$/;
const ACTION = /^[a-z0-9][a-z0-9_-]*\.[A-Za-z0-9][A-Za-z0-9_.-]*$/;
export const ACTION_ID_MAX = 128;

/** `system.verb` */
export const isActionId = (text: string): boolean => text.length <= ACTION_ID_MAX && ACTION.test(text);

export const isActionPattern = (text: string): boolean => text.length <= ACTION_ID_MAX && PATTERN.test(text);

const isPrefix = (pattern: string): boolean => pattern.endsWith("*");

/** Whether the pattern is about this action. */
export const matchesAction = (pattern: string, actionId: string): boolean =>
  isPrefix(pattern) ? actionId.startsWith(pattern.slice(0, -1)) : pattern === actionId;

/** Whether every action that `inner` matches is matched by `outer`. */
export const coversPattern = (outer: string, inner: string): boolean =>
  isPrefix(outer) ? inner.startsWith(outer.slice(0, -1)) : outer === inner;

/** What both patterns match: the narrower of the two, or null when they have nothing in common. */
export function intersectPatterns(a: string, b: string): string | null {
  if (coversPattern(a, b)) return b;
  return coversPattern(b, a) ? a : null;
}
