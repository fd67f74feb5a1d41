/** One or two capitals for an avatar: first and last word, or the first two letters of a single word. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => word !== "");
  const first = words[0];
  if (first === undefined) return "?";
  const last = words.at(-1);
  const letters =
    words.length > 1 && last !== undefined ? [first, last].map((word) => [...word][0] ?? "") : [...first].slice(0, 2);
  return letters.join("").toUpperCase();
}
