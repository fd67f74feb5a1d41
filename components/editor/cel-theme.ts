import { EditorView } from "@codemirror/view";

/** The editor in the looks of the other controls; every colour is a token, which the theme switches. */
export const celTheme = EditorView.theme({
  "&": {
    backgroundColor: "var(--surface)",
    color: "var(--foreground)",
    fontSize: "0.8125rem",
    borderRadius: "0.375rem",
    border: "1px solid var(--control)",
  },
  "&.cm-focused": { outline: "2px solid var(--ring)", outlineOffset: "0px", borderColor: "var(--ring)" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.5rem", minHeight: "4.5rem", maxHeight: "24rem" },
  ".cm-content": { padding: "0.375rem 0", caretColor: "var(--foreground)" },
  ".cm-line": { padding: "0 0.625rem" },
  ".cm-cursor": { borderLeftColor: "var(--foreground)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--accent-line)",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--accent-soft)",
    outline: "1px solid var(--accent-line)",
  },
  ".cm-placeholder": { color: "var(--faint)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--deny)",
    textUnderlineOffset: "3px",
    backgroundColor: "var(--deny-soft)",
  },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--deny)" },
  ".cm-tooltip": {
    backgroundColor: "var(--overlay)",
    color: "var(--foreground)",
    border: "none",
    borderRadius: "0.5rem",
    boxShadow: "var(--elevation-overlay)",
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--font-mono)",
    fontSize: "0.75rem",
    maxHeight: "16rem",
    minWidth: "14rem",
    maxWidth: "min(28rem, 90vw)",
    padding: "0.25rem",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    padding: "0.1875rem 0.375rem",
    borderRadius: "0.25rem",
    lineHeight: "1.25rem",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--surface-3)",
    color: "var(--foreground)",
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600", color: "var(--accent-text)" },
  ".cm-completionDetail": { color: "var(--muted)", fontStyle: "normal", marginLeft: "0.75rem" },
  ".cm-completionInfo": {
    padding: "0.375rem 0.625rem",
    fontFamily: "var(--font-sans)",
    fontSize: "0.75rem",
    maxWidth: "18rem",
    color: "var(--muted)",
  },
  ".cm-diagnostic": {
    borderLeft: "none",
    padding: "0.375rem 0.625rem",
    fontFamily: "var(--font-sans)",
    fontSize: "0.75rem",
  },
  ".cm-diagnostic-error": { borderLeft: "3px solid var(--deny)" },
});
