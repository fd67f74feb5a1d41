import canonicalize from "canonicalize";

import type { Json } from "@/lib/kernel/json";

/** Canonical JSON (RFC 8785): the same value is always the same text, whatever the order of its keys. Needs nothing of Node. */
export function canonical(value: Json): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("canonical: not a JSON value");
  return text;
}
