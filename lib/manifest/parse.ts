import { eachKey, manifestSchema, type Manifest } from "@/lib/manifest/schemas";
import { readSource, type Problem, type Source } from "@/lib/manifest/source";
import { inWords, pathText } from "@/lib/manifest/words";

type Parsed = { ok: true; manifest: Manifest; source: Source } | { ok: false; problems: Problem[] };

/** Reads a manifest's text. Refuses it with every fault of form, each with its line, column and field. What it refers to is checked in lib/manifest/check.ts. */
export function parseManifest(text: string): Parsed {
  const read = readSource(text);
  if (!read.ok) return read;
  const { source } = read;
  const parsed = manifestSchema.safeParse(source.value ?? {}, { error: inWords });
  if (parsed.success) return { ok: true, manifest: parsed.data, source };
  return {
    ok: false,
    problems: byLine(parsed.error.issues.flatMap(eachKey).map(({ path, message }) => problemAt(source, path, message))),
  };
}

/** A fault or warning about the field at `path`. */
export function problemAt(
  source: Source,
  path: readonly PropertyKey[],
  message: string,
  severity: Problem["severity"] = "error",
): Problem {
  return { severity, ...source.locate(path), path: pathText(path), message };
}

export const byLine = (problems: Problem[]): Problem[] =>
  problems.toSorted((a, b) => a.line - b.line || a.column - b.column);

/** `line 40: chart[0].children[2].owner: is missing` */
export const problemText = ({ line, path, message }: Problem): string =>
  path === "" ? `line ${line}: ${message}` : `line ${line}: ${path}: ${message}`;
