import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from "yaml";

/** One fault of a manifest, or a warning. Line and column count from 1. */
export interface Problem {
  severity: "error" | "warning";
  line: number;
  column: number;
  /** Of the field, as in lib/manifest/words.ts; "" when it is about the file. */
  path: string;
  message: string;
}

/** A parsed text that knows where each of its fields stands. */
export interface Source {
  value: unknown;
  /** The key (in a list: the entry) of the deepest part of the path that exists. */
  locate(path: readonly PropertyKey[]): { line: number; column: number };
}

/** As large as a manifest may be; thousands of agents fit. */
const MANIFEST_MAX_BYTES = 4 * 1024 * 1024;

/** Reads YAML (JSON is YAML). Faults of the text itself, all of them: bad indentation, a key that stands twice … */
export function readSource(text: string): { ok: true; source: Source } | { ok: false; problems: Problem[] } {
  if (Buffer.byteLength(text) > MANIFEST_MAX_BYTES) return { ok: false, problems: [atStart("is larger than 4 MiB")] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map((error): Problem => {
      return { severity: "error", ...at(error.pos[0]), path: "", message: error.message };
    });
    return { ok: false, problems };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    return { ok: false, problems: [atStart(cause instanceof Error ? cause.message : "cannot be read")] };
  }
  return { ok: true, source: { value, locate: (path) => at(offsetOf(document, path)) } };
}

const atStart = (message: string): Problem => ({ severity: "error", line: 1, column: 1, path: "", message });

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
      if (!pair) break;
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      next = pair.value;
    } else if (isSeq(node)) {
      next = node.items[Number(part)];
      if (next === undefined) break;
    } else {
      break;
    }
    node = isNode(next) ? next : null;
    if (node?.range && typeof part === "number") offset = node.range[0];
  }
  return offset;
}

const isNode = (value: unknown): value is Node => isMap(value) || isSeq(value) || isScalar(value) || isAlias(value);
