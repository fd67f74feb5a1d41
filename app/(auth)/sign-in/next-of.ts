/**
 * The page that somebody wanted before they were sent here: `next`, with the rest of the query as it stood there
 * (the redirect in next.config.ts appends it).
 */
export function nextOf(params: Record<string, string | string[] | undefined>): string | undefined {
  const { next, error: _error, callbackUrl: _callbackUrl, ...rest } = params;
  if (typeof next !== "string") return undefined;
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(rest)) {
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined) query.append(key, each);
  }
  const text = query.toString();
  if (text === "") return next;
  return next + (next.includes("?") ? "&" : "?") + text;
}
