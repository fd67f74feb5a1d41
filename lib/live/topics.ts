import type { Access } from "@/lib/auth/access";
import { concerns } from "@/lib/kernel/topics";

/** Topics are names of what changed, `runs` or `run:<id>`; they never carry data. `*` is everything. */
const WITH_ID = /^([a-z]+):.+$/;

/** What concerns one person only: `inbox:<person>`. Nobody else hears of it. */
const OF_PERSON = "inbox:";

/**
 * The topics as this person may hear them. Who sees the whole organisation hears them as they are; for everybody else the id is left out
 * (`run:*`), because that something exists is already more than a foreign subtree should tell (invariant I12).
 */
export function topicsFor(access: Access, topics: Iterable<string>): string[] {
  const own = `${OF_PERSON}${access.personId}`;
  const heard = [...topics].filter((topic) => topic === own || !topic.startsWith(OF_PERSON));
  if (access.canEverywhere("chart.read")) return [...new Set(heard)];
  return [...new Set(heard.map((topic) => (topic === own ? topic : topic.replace(WITH_ID, "$1:*"))))];
}

/** Whether a person's session may have changed with this. */
export const touchesSessions = (heard: readonly string[]): boolean => concerns(heard, ["people"]);
