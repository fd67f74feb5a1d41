/** What was heard, without the topics that a page keeps fresh by itself. "Everything" (`*`) is never quiet: nobody knows what it holds. */
export function withoutQuiet(heard: readonly string[], quiet: ReadonlySet<string>): readonly string[] {
  return quiet.size === 0 ? heard : heard.filter((topic) => !quiet.has(topic));
}
