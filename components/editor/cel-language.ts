import { HighlightStyle, LanguageSupport, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";

const ROOTS = new Set([
  "args",
  "facts",
  "run",
  "usage",
  "evidence",
  "agent",
  "action",
  "resource",
  "organisation",
  "now",
]);
const CONSTANTS = new Set(["true", "false", "null"]);

interface State {
  /** The quotes of a text that goes on over lines. */
  open: '"""' | "'''" | null;
}

/** Tokens of CEL: enough to colour it, since the compiler says what is wrong. */
const cel = StreamLanguage.define<State>({
  name: "cel",
  startState: () => ({ open: null }),
  languageData: { commentTokens: { line: "//" }, closeBrackets: { brackets: ["(", "[", "{", '"', "'"] } },
  token: (stream, state) => {
    if (state.open !== null) {
      if (stream.skipTo(state.open)) {
        stream.match(state.open);
        state.open = null;
      } else stream.skipToEnd();
      return "string";
    }
    if (stream.eatSpace()) return null;
    if (stream.match("//")) {
      stream.skipToEnd();
      return "comment";
    }
    for (const quotes of ['"""', "'''"] as const) {
      if (!stream.match(quotes)) continue;
      state.open = quotes;
      return "string";
    }
    if (stream.match(/^[rRbB]?(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)/)) return "string";
    if (stream.match(/^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/)) return "number";
    if (stream.match(/^(?:&&|\|\||==|!=|<=|>=|[<>!+\-*/%?:])/)) return "operator";
    if (stream.match(/^\.\s*[A-Za-z_]\w*/)) {
      return stream.match(/^\s*\(/, false) ? "function" : "property";
    }
    const word = stream.match(/^[A-Za-z_]\w*/);
    if (word && word !== true) {
      const [name] = word;
      if (CONSTANTS.has(name)) return "atom";
      if (name === "in") return "operator";
      if (stream.match(/^\s*\(/, false)) return "function";
      return ROOTS.has(name) ? "root" : "variable";
    }
    stream.next();
    return null;
  },
  tokenTable: {
    function: tags.function(tags.variableName),
    property: tags.propertyName,
    root: tags.special(tags.variableName),
    variable: tags.variableName,
    atom: tags.atom,
    operator: tags.operator,
    number: tags.number,
    string: tags.string,
    comment: tags.comment,
  },
});

/** Colours by the house's tokens, so that one style serves both themes. */
const colours = HighlightStyle.define([
  { tag: tags.special(tags.variableName), color: "var(--accent-text)" },
  { tag: tags.function(tags.variableName), color: "var(--review-text)" },
  { tag: tags.string, color: "var(--allow-text)" },
  { tag: [tags.number, tags.atom], color: "var(--escalate-text)" },
  { tag: tags.operator, color: "var(--muted)" },
  { tag: tags.comment, color: "var(--faint)", fontStyle: "italic" },
]);

export const celLanguage = new LanguageSupport(cel, [syntaxHighlighting(colours)]);
