/** A few names and how many more there are; all that are known on hover. */
export function People({ names, count }: { names: readonly string[]; count: number }) {
  const [first, second] = names;
  if (first === undefined) return <span className="text-deny-text">Nobody</span>;
  const more = count - (second === undefined ? 1 : 2);
  return (
    <span
      className="block truncate"
      title={count > names.length ? `${names.join(", ")} and ${count - names.length} more` : names.join(", ")}
    >
      {second === undefined ? first : `${first}, ${second}`}
      {more > 0 && <span className="text-muted"> +{more}</span>}
    </span>
  );
}
