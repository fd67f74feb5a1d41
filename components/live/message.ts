/** The topics of one server-sent event's data (`{"topics":["runs"]}`); none when it is anything else. */
export function topicsOf(data: unknown): readonly string[] {
  if (typeof data !== "string") return [];
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== "object" || value === null || !("topics" in value) || !Array.isArray(value.topics)) return [];
    return value.topics.filter((topic) => typeof topic === "string");
  } catch {
    return [];
  }
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

/** How long to wait before trying again: doubles up to half a minute, spread so that many browsers do not come at once. */
export function reconnectDelayMs(attempt: number, random: number): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 10));
  return full / 2 + (full / 2) * random;
}
