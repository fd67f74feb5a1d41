/** Reads many things by their ids with one statement; what it does not find is absent. */
export type ReadMany<Value> = (ids: readonly string[]) => Promise<ReadonlyMap<string, Value>>;

/**
 * Reads by one id each, but once for all that are asked for in the same turn of the event loop: a notification that wakes a thousand
 * agents costs one statement. A read begins after it was asked for, so that it never answers with what was so before. A failure is everybody's.
 */
export function gather<Value>(readMany: ReadMany<Value>): (id: string) => Promise<Value | null> {
  let next: { ids: Set<string>; found: Promise<ReadonlyMap<string, Value>> } | null = null;
  return async (id) => {
    next ??= begin();
    next.ids.add(id);
    const found = await next.found;
    return found.get(id) ?? null;
  };

  function begin() {
    const ids = new Set<string>();
    const found = new Promise<void>((turn) => setImmediate(turn)).then(() => {
      next = null;
      return readMany([...ids]);
    });
    return { ids, found };
  }
}
