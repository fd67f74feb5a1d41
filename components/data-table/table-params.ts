import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  type Nullable,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
  type ParserMap,
} from "nuqs/server";
import { parseAsSort, type Sort } from "./sort";

export const PAGE_SIZES = [25, 50, 100] as const;

/** Longer than anyone types; keeps a pasted megabyte from reaching a query. */
const MAX_SEARCH_LENGTH = 200;
const MAX_FACET_VALUES = 50;

const parseAsSearch = createParser<string>({ parse: (text) => text.slice(0, MAX_SEARCH_LENGTH), serialize: String });
const parseAsPage = createParser<number>({
  parse: (text) => (/^[1-9]\d{0,6}$/.test(text) ? Number(text) : null),
  serialize: String,
});
const parseAsPageSize = createParser<number>({
  parse: (text) => PAGE_SIZES.find((size) => String(size) === text) ?? null,
  serialize: String,
});

/** What turns over when a filter changes; everything else in the URL, sort and size apart, is a filter. */
const PAGING_KEYS = ["page", "after", "before"] as const;
export const NOT_FILTERS: readonly string[] = [...PAGING_KEYS, "size", "sort"];

interface TableStateInput<Id extends string> {
  /** Column ids that the query can order by. */
  sorts: readonly Id[];
  defaultSort: Sort<NoInfer<Id>>;
  pageSize?: (typeof PAGE_SIZES)[number];
}

/**
 * The parsers that every list has: `q` (search), `sort`, `size`, and `page` (from 1) or the opaque cursors `after` and
 * `before`, whichever the query understands.
 */
export function tableState<const Id extends string>({ sorts, defaultSort, pageSize = 50 }: TableStateInput<Id>) {
  return {
    q: parseAsSearch.withDefault(""),
    sort: parseAsSort(sorts).withDefault(defaultSort),
    page: parseAsPage.withDefault(1),
    size: parseAsPageSize.withDefault(pageSize),
    after: parseAsString,
    before: parseAsString,
  };
}

/** A multiple-choice filter over closed values. Unknown values in a hand-edited address are dropped. */
export function facet<const Value extends string>(values: readonly Value[]) {
  return parseAsArrayOf(parseAsStringLiteral(values)).withDefault([]);
}

/** A multiple-choice filter over open values, such as agents' slugs. */
export function openFacet() {
  const array = parseAsArrayOf(parseAsString);
  return createParser<string[]>({
    parse: (text) => array.parse(text)?.slice(0, MAX_FACET_VALUES) ?? null,
    serialize: array.serialize,
    eq: array.eq,
  }).withDefault([]);
}

/**
 * The state of one list in the URL, declared once in the route's `search-params.ts` and used by the page (`load`), by
 * the table, and by every link that drills down into the list (`href`). What does not parse falls back to its
 * default, so a hand-edited address never fails.
 */
export function tableParams<Parsers extends ParserMap>(parsers: Parsers) {
  const serialize = createSerializer(parsers);
  return {
    parsers,
    /** Reads a page's `searchParams`. */
    load: createLoader(parsers),
    /** The address of the list at `path` with these filters; defaults are left out. */
    href: (path: string, values: Partial<Nullable<inferParserType<Parsers>>> = {}): string => serialize(path, values),
  };
}

/** What `load` gives: `type RunsQuery = TableQuery<typeof runsParams>`. */
export type TableQuery<Params extends { parsers: ParserMap }> = inferParserType<Params["parsers"]>;
