import type { Join } from "@/lib/policies/builder/model";

/** How a text is made up at its outermost level. Offsets are of the whole text. */
type Shape =
  | { kind: "join"; join: Join; parts: readonly Span[] }
  | { kind: "parentheses"; inner: Span }
  | { kind: "not"; inner: Span }
  | { kind: "leaf"; hasComment: boolean; isChoice: boolean };

export interface Span {
  start: number;
  end: number;
}

interface Mark extends Span {
  kind: "and" | "or" | "choice" | "comment";
  depth: number;
}

/** A literal's opening quotes, with its prefix. */
const QUOTE = /[rRbB]?("""|'''|"|')/y;
const WORD = /[A-Za-z_0-9]+/y;

/** Operators and comments of a span, with how deep in brackets they stand. The text has been parsed: brackets and quotes pair up. */
function marksOf(text: string, span: Span): { marks: Mark[]; closedAt: number | null } {
  const marks: Mark[] = [];
  let depth = 0;
  let closedAt: number | null = null;
  for (let at = span.start; at < span.end;) {
    const pair = text.slice(at, at + 2);
    const string = sticky(QUOTE, text, at);
    if (string) {
      at = endOfString(text, at + string[0].length, string[1] ?? '"');
      continue;
    }
    const word = sticky(WORD, text, at);
    if (word) {
      at += word[0].length;
    } else if (pair === "//") {
      const newline = text.indexOf("\n", at);
      const end = newline === -1 || newline > span.end ? span.end : newline;
      marks.push({ kind: "comment", start: at, end, depth });
      at = end;
    } else if (pair === "&&" || pair === "||") {
      marks.push({ kind: pair === "&&" ? "and" : "or", start: at, end: at + 2, depth });
      at += 2;
    } else {
      const one = text.charAt(at);
      if ("([{".includes(one)) depth += 1;
      else if (")]}".includes(one)) {
        depth -= 1;
        if (depth === 0) closedAt ??= at;
      } else if (one === "?") marks.push({ kind: "choice", start: at, end: at + 1, depth });
      at += 1;
    }
  }
  return { marks, closedAt };
}

function sticky(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** A backslash keeps the next quote from ending the text, in raw texts too: so the library reads them. */
function endOfString(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith(quote, at)) return at + quote.length;
    if (text.charAt(at) === "\\") at += 1;
  }
  return text.length;
}

export function trimmed(text: string, { start, end }: Span): Span {
  const slice = text.slice(start, end);
  const lead = slice.length - slice.trimStart().length;
  return { start: start + lead, end: Math.max(start + lead, end - (slice.length - slice.trimEnd().length)) };
}

/** What the outermost operator of a span is. The loosest wins: a choice, then `||`, then `&&`. */
export function shapeOf(text: string, whole: Span): Shape {
  const span = trimmed(text, whole);
  const { marks, closedAt } = marksOf(text, span);
  const outer = marks.filter((mark) => mark.depth === 0);
  const isChoice = outer.some((mark) => mark.kind === "choice");
  const hasComment = marks.some((mark) => mark.kind === "comment");
  if (isChoice) return { kind: "leaf", hasComment, isChoice };
  for (const [kind, join] of [
    ["or", "any"],
    ["and", "all"],
  ] as const) {
    const at = outer.filter((mark) => mark.kind === kind);
    if (at.length > 0) return { kind: "join", join, parts: between(span, at) };
  }
  if (closedAt === span.end - 1) {
    const opening = /^!\s*\(|^\(/.exec(text.slice(span.start, span.end))?.[0];
    if (opening !== undefined) {
      const inner = { start: span.start + opening.length, end: closedAt };
      return opening === "(" ? { kind: "parentheses", inner } : { kind: "not", inner };
    }
  }
  return { kind: "leaf", hasComment, isChoice };
}

function between(span: Span, marks: readonly Mark[]): Span[] {
  const starts = [span.start, ...marks.map((mark) => mark.end)];
  const ends = [...marks.map((mark) => mark.start), span.end];
  return starts.map((start, index) => ({ start, end: ends[index] ?? span.end }));
}

/** Whether a text must stand in parentheses to be one item of a group. */
export function isLoose(text: string): boolean {
  const shape = shapeOf(text, { start: 0, end: text.length });
  return shape.kind === "join" || (shape.kind === "leaf" && shape.isChoice);
}

/** Whether what follows the text on its line would be taken for a part of its comment. */
export function endsInComment(text: string): boolean {
  return marksOf(text, { start: 0, end: text.length }).marks.some(
    (mark) => mark.kind === "comment" && mark.end === text.length,
  );
}
