import type { Access } from "@/lib/auth/access";
import { concerns } from "@/lib/kernel/topics";

/** Topics are names of what changed, `runs` or `run:<id>`; they never carry data. `*` is everything. */
const WITH_ID = /^([a-z]+):.+$/;

/**
 * The topics as this person may hear them. Who sees the whole organisation hears them as they are; for everybody else the id is left out
 * (`run:*`), because that something exists is already more than a foreign subtree should tell (invariant I12).
 */
export function topicsFor(access: Access, topics: Iterable<string>): string[] {
  if (access.canEverywhere("chart.read")) return [...new Set(topics)];
  return [...new Set([...topics].map((topic) => topic.replace(WITH_ID, "$1:*")))];
}

/** Whether a person's session may have changed with this. */
export const touchesSessions = (heard: readonly string[]): boolean => concerns(heard, ["people"]);
