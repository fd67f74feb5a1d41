/** The nearest of several people and how many more there are; the names that are known on hover. */
export function People({ names, count }: { names: readonly string[]; count: number }) {
  const [first] = names;
  if (first === undefined) return <span className="text-deny-text">Nobody</span>;
  const unnamed = count > names.length ? ` and ${count - names.length} more` : "";
  return (
    <span className="flex gap-1.5" title={names.join(", ") + unnamed}>
      <span className="min-w-0 truncate">{first}</span>
      {count > 1 && <span className="shrink-0 text-muted">+{count - 1}</span>}
    </span>
  );
}
