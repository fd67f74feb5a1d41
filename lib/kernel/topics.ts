/** Whether a page that listens to `wanted` is concerned by what was heard. */
export function concerns(heard: readonly string[], wanted: readonly string[]): boolean {
  return heard.some(
    (topic) =>
      topic === "*" ||
      wanted.some(
        (one) => one === topic || one === "*" || (topic.endsWith(":*") && one.startsWith(topic.slice(0, -1))),
      ),
  );
}
