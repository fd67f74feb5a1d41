/**
 * A memo of a pure function of one text, bounded: when it is full, the half that was added first is forgotten.
 * For what is costly to compile and the same for every configuration, such as patterns and schemas.
 */
export function memo<T>(limit: number, make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const hit = known.get(key);
    if (hit !== undefined || known.has(key)) return hit as T;
    const value = make(key);
    if (known.size >= limit) {
      let drop = limit >> 1;
      for (const old of known.keys()) {
        if (drop-- <= 0) break;
        known.delete(old);
      }
    }
    known.set(key, value);
    return value;
  };
}
