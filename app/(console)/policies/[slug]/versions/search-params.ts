import { createLoader, createParser, createSerializer, parseAsInteger } from "nuqs/server";

/** A version's number, or the draft. */
export type VersionName = number | "draft";

const parseAsVersion = createParser<VersionName>({
  parse: (text) => (text === "draft" ? "draft" : /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null),
  serialize: String,
});

const parsers = {
  /** The older side … */
  a: parseAsVersion,
  /** … and the newer. */
  b: parseAsVersion,
  /** Versions below this one, for those that do not fit on a page. */
  below: parseAsInteger,
};

export const loadVersionsQuery = createLoader(parsers);
const serialize = createSerializer(parsers);

/** The address of a comparison; without an older side, with the version before. */
export const compareHref = (slug: string, a: VersionName | null, b: VersionName): string =>
  serialize(`/policies/${slug}/versions`, { a, b });
