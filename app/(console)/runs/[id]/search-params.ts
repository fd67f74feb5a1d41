import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { TIMELINE_KINDS } from "@/lib/runs/timeline";

/** What a timeline shows, and the entry that a link names. */
export const timelineParsers = {
  kinds: parseAsArrayOf(parseAsStringLiteral(TIMELINE_KINDS)).withDefault([]),
  entry: parseAsString,
};

export const loadTimelineParams = createLoader(timelineParsers);

/** The same for the timeline's own requests: a cursor, or one of its ends. */
const pageParsers = {
  kinds: timelineParsers.kinds,
  after: parseAsString,
  before: parseAsString,
  around: parseAsString,
  at: parseAsStringLiteral(["start", "end"]).withDefault("start"),
};

export type PageQuery = inferParserType<typeof pageParsers>;

export const loadPageParams = createLoader(pageParsers);
export const pageQuery = createSerializer(pageParsers);

/** Entries in one answer. */
export const PAGE_ENTRIES = 100;
