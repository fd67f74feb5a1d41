import { RE2JS } from "re2js";

import { memo } from "@/lib/kernel/memo";

/** Patterns and texts beyond these are refused, so that one match stays in the order of a millisecond. */
const PATTERN_MAX = 512;
const SUBJECT_MAX = 65_536;

type Compiled = { ok: true; regex: RE2JS } | { ok: false; message: string };

/** Compiles with RE2, which takes time linear in the text for every pattern, and remembers it. */
export const compileRegex = memo<Compiled>(2_000, (pattern) => {
  if (pattern.length > PATTERN_MAX) return { ok: false, message: `a pattern has at most ${PATTERN_MAX} characters` };
  try {
    return { ok: true, regex: RE2JS.compile(pattern) };
  } catch (cause) {
    return { ok: false, message: cause instanceof Error ? cause.message : "not a pattern" };
  }
});

/** Whether the pattern is found anywhere in the text. Throws an Error that says why when it cannot be tried. */
export function regexFinds(pattern: string, text: string): boolean {
  const compiled = compileRegex(pattern);
  if (!compiled.ok) throw new Error(compiled.message);
  if (text.length > SUBJECT_MAX) throw new Error(`a text to match has at most ${SUBJECT_MAX} characters`);
  return compiled.regex.test(text);
}
