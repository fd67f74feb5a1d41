"use client";
import { useQueryStates } from "nuqs";
import type { ParserMap } from "nuqs/server";
import { useTransition } from "react";
import type { Sort } from "./sort";
import { NOT_FILTERS } from "./table-params";
import { useRestedText } from "./use-rested-text";

const FIRST_PAGE = { page: null, after: null, before: null };

export interface TableQueryState {
  q: string;
  sort: Sort;
  page: number;
  size: number;
  /** The chosen values of a facet; empty is no filter. */
  facet: (id: string) => readonly string[];
  /** A search or any filter is set. */
  filtered: boolean;
  /** The server is working on the change. */
  pending: boolean;
  search: (q: string) => void;
  sortBy: (sort: Sort | null) => void;
  setFacet: (id: string, values: readonly string[]) => void;
  setSize: (size: number) => void;
  goTo: (to: { page: number } | { after: string } | { before: string } | "first") => void;
  clear: () => void;
  /** Whether the query can order by this column. */
  canSort: (columnId: string) => boolean;
}

function isSort(value: unknown): value is Sort {
  return typeof value === "object" && value !== null && "id" in value && "desc" in value;
}

/** The list's state in the URL, and the ways a table changes it. Every change but paging and size goes to the first page. */
export function useTableQuery(params: { parsers: ParserMap }): TableQueryState {
  const [pending, startTransition] = useTransition();
  const [state, setState] = useQueryStates(params.parsers, { shallow: false, history: "push", startTransition });
  const values: Record<string, unknown> = state;
  const filters = Object.keys(params.parsers).filter((key) => !NOT_FILTERS.includes(key));

  const isDefault = (key: string) => {
    const fallback: unknown = params.parsers[key]?.defaultValue ?? null;
    const value = values[key] ?? null;
    return value === fallback || (Array.isArray(value) && value.length === 0);
  };

  // The field shows each letter at once; the server is asked when the typing rests.
  const search = useRestedText(
    typeof values.q === "string" ? values.q : "",
    (q) => void setState({ ...FIRST_PAGE, q: q === "" ? null : q }, { history: "replace" }),
  );

  return {
    q: search.text,
    sort: isSort(values.sort) ? values.sort : { id: "", desc: false },
    page: typeof values.page === "number" ? values.page : 1,
    size: typeof values.size === "number" ? values.size : 50,
    facet: (id) => {
      const value = values[id];
      return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
    },
    filtered: filters.some((key) => !isDefault(key)),
    pending,
    search: search.type,
    sortBy: (sort) => void setState({ ...FIRST_PAGE, sort }),
    setFacet: (id, next) => void setState({ ...FIRST_PAGE, [id]: next.length === 0 ? null : [...next] }),
    setSize: (size) => void setState({ ...FIRST_PAGE, size }),
    goTo: (to) => void setState({ ...FIRST_PAGE, ...(to === "first" ? {} : to) }),
    clear: () => {
      search.forget();
      void setState({ ...FIRST_PAGE, ...Object.fromEntries(filters.map((key) => [key, null])) });
    },
    canSort: (columnId) => {
      const parser = params.parsers.sort;
      return parser !== undefined && parser.type !== "multi" && parser.parse(`${columnId}.asc`) !== null;
    },
  };
}
