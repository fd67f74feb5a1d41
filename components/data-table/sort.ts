import { createParser } from "nuqs/server";

export interface Sort<Id extends string = string> {
  id: Id;
  desc: boolean;
}

/** "startedAt.desc" in the URL. An unknown column is refused, so a query may use the id without a further check. */
export function parseAsSort<const Id extends string>(ids: readonly Id[]) {
  return createParser<Sort<Id>>({
    parse(text) {
      const at = text.lastIndexOf(".");
      const id = ids.find((known) => known === text.slice(0, at));
      const direction = text.slice(at + 1);
      return id === undefined || (direction !== "asc" && direction !== "desc")
        ? null
        : { id, desc: direction === "desc" };
    },
    serialize: (sort) => `${sort.id}.${sort.desc ? "desc" : "asc"}`,
    eq: (left, right) => left.id === right.id && left.desc === right.desc,
  });
}
