import type { Sort } from "./sort";

/** What pressing a column's header asks for: first one direction, then the other, then the list's own order (null). */
export function nextSort(current: Sort, columnId: string, descFirst: boolean): Sort | null {
  if (current.id !== columnId) return { id: columnId, desc: descFirst };
  return current.desc === descFirst ? { id: columnId, desc: !descFirst } : null;
}
