/**
 * What a reader cannot see, or what reorders what they see: control characters, soft hyphens, zero widths, bidirectional controls,
 * fillers, tags, variation selectors without a glyph (Unicode TR 36 and 39). In text of an agent they can make one thing look like
 * another, so people are shown that they are there.
 */
const HIDDEN =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- they are what it looks for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFE00-\uFE0D\uFEFF\uFFA0\uFFF0-\uFFFB\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}]/gu;

/** Scripts that are written with joiners. */
const JOINING =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Mongolian}]/u;
// oxlint-disable-next-line no-misleading-character-class -- parts of an emoji, each by itself
const EMOJI_PART = /[\p{Extended_Pictographic}\u{1F3FB}-\u{1F3FF}\uFE0F]/u;
const EMOJI = /\p{Extended_Pictographic}/u;

export type TextPiece =
  | { kind: "text"; text: string }
  /** A character that would not be seen. */
  | { kind: "hidden"; code: string; says: string };

/** Text as pieces of what can be seen and marks for what cannot. Total, in linear time. */
export function textPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(HIDDEN)) {
    const [found] = match;
    if (isWriting(text, match.index, found)) continue;
    if (match.index > from) pieces.push({ kind: "text", text: text.slice(from, match.index) });
    pieces.push({ kind: "hidden", code: codeOf(found), says: whatItDoes(found) });
    from = match.index + found.length;
  }
  if (from < text.length || pieces.length === 0) pieces.push({ kind: "text", text: text.slice(from) });
  return pieces;
}

/** The same as one line of text, for where there is no place for elements: `pay\u202Egnp.exe` → `pay⟨U+202E⟩gnp.exe`. */
export const visibleText = (text: string): string =>
  textPieces(text)
    .map((piece) => (piece.kind === "text" ? piece.text : `⟨${piece.code}⟩`))
    .join("");

/** Joiners that belong to how a word or an emoji is written. */
function isWriting(text: string, at: number, found: string): boolean {
  if (found !== "\u200C" && found !== "\u200D") return false;
  const before = at === 0 ? "" : previousCharacter(text, at);
  const after = at + 1 >= text.length ? "" : String.fromCodePoint(text.codePointAt(at + 1) ?? 0);
  if (JOINING.test(before) && JOINING.test(after)) return true;
  return found === "\u200D" && EMOJI_PART.test(before) && EMOJI.test(after);
}

function previousCharacter(text: string, at: number): string {
  const pair = at >= 2 ? text.slice(at - 2, at) : "";
  return pair !== "" && (pair.codePointAt(0) ?? 0) > 0xffff ? pair : text.slice(at - 1, at);
}

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

function whatItDoes(character: string): string {
  if (/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/.test(character)) return "changes the direction of reading";
  if (/[\u200B-\u200D\u2060\uFEFF]/.test(character)) return "has no width";
  return "cannot be seen";
}
