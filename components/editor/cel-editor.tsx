"use client";
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  completionStatus,
  pickedCompletion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, temporarilySetTabFocusMode } from "@codemirror/commands";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { type Diagnostic, linter } from "@codemirror/lint";
import { Compartment, EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { useEffect, useRef } from "react";

import { celLanguage } from "@/components/editor/cel-language";
import { celTheme } from "@/components/editor/cel-theme";
import { faultWords } from "@/lib/policies/builder/fault-words";
import { completionsAt, type Completion } from "@/lib/policies/builder/complete";
import type { Field } from "@/lib/policies/builder/fields";
import type { ConditionFault } from "@/lib/policies/cel/condition";

interface CelEditorProps {
  value: string;
  onChange: (text: string) => void;
  /** What completion offers. */
  fields: readonly Field[];
  /** Why a text is no condition here: asked when typing rests. */
  check: (text: string) => ConditionFault | null;
  id?: string;
  "aria-label": string;
  "aria-describedby"?: string;
  invalid?: boolean;
}

/** How long typing rests before what is wrong is marked: nobody wants to be corrected in the middle of a word. */
const LINT_DELAY_MS = 400;

/** The text of a condition. Tab indents; Escape and then Tab leaves, as the description under the field should say. */
export function CelEditor({ value, onChange, fields, check, id, invalid = false, ...aria }: CelEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef({ onChange, fields, check });
  const attributes = useRef(new Compartment());
  useEffect(() => {
    latest.current = { onChange, fields, check };
  });

  const { "aria-label": label, "aria-describedby": describedBy } = aria;
  const described = JSON.stringify({
    ...(id !== undefined && { id }),
    "aria-label": label,
    ...(describedBy !== undefined && { "aria-describedby": describedBy }),
    "aria-invalid": String(invalid),
    "aria-multiline": "true",
    spellcheck: "false",
    autocapitalize: "off",
    autocorrect: "off",
  });
  const initial = useRef({ value, described });

  useEffect(() => {
    if (host.current === null) return;
    const own = attributes.current;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: initial.current.value,
        extensions: [
          history(),
          celLanguage,
          celTheme,
          indentUnit.of("  "),
          bracketMatching(),
          closeBrackets(),
          EditorView.lineWrapping,
          placeholder('args.amount > 1000.0 && run.mode == "live"'),
          autocompletion({
            override: [(context) => suggestions(context, latest.current.fields)],
            icons: false,
          }),
          linter((open) => diagnosticsOf(open, latest.current.check), { delay: LINT_DELAY_MS }),
          Prec.highest(
            keymap.of([
              // What is offered this very moment is not taken yet, and does not turn the key into an indent either.
              { key: "Tab", run: (open) => acceptCompletion(open) || completionStatus(open.state) === "active" },
              // Leaves Mod+Enter, Mod+S to the page.
              { key: "Mod-Enter", run: () => false, preventDefault: false },
              // First closes what is open; then the next Tab moves on instead of indenting.
              {
                key: "Escape",
                run: (open) => completionStatus(open.state) === null && temporarilySetTabFocusMode(open),
              },
            ]),
          ),
          keymap.of([
            ...closeBracketsKeymap,
            ...defaultKeymap.filter((binding) => binding.key !== "Mod-Enter"),
            ...historyKeymap,
            ...completionKeymap,
            indentWithTab,
          ]),
          own.of(EditorView.contentAttributes.of(attributesOf(initial.current.described))),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = null;
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (editor === null) return;
    const now = editor.state.doc.toString();
    if (now !== value) editor.dispatch({ changes: { from: 0, to: now.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const effects = attributes.current.reconfigure(EditorView.contentAttributes.of(attributesOf(described)));
    view.current?.dispatch({ effects });
  }, [described]);

  return <div ref={host} className="min-w-0" />;
}

const attributesOf = (json: string): Record<string, string> => JSON.parse(json) as Record<string, string>;

function suggestions(context: CompletionContext, fields: readonly Field[]): CompletionResult | null {
  const found = completionsAt(context.state.doc.toString(), context.pos, fields);
  if (found === null || found.options.length === 0) return null;
  const nothingTyped = found.from === context.pos && !/[.["]$/.test(context.state.sliceDoc(0, context.pos));
  if (nothingTyped && !context.explicit) return null;
  return { from: found.from, options: found.options.map(optionOf), validFor: /^[\w.-]*$/ };
}

const optionOf = ({ label, insert, kind, detail, info }: Completion): CompletionResult["options"][number] => ({
  label,
  apply: (view, picked, from, to) => {
    // What closes the brackets may stand there already.
    const closing = /["\])]+$/.exec(insert)?.[0] ?? "";
    const stands = view.state.sliceDoc(to, to + closing.length) === closing;
    view.dispatch({
      changes: { from, to: stands ? to + closing.length : to, insert },
      selection: { anchor: from + insert.length },
      annotations: pickedCompletion.of(picked),
    });
  },
  type: kind,
  ...(detail !== undefined && { detail }),
  ...(info !== undefined && { info }),
});

/** Marks the word at the fault's place, so that there is something to see and to point at. */
function diagnosticsOf(view: EditorView, check: CelEditorProps["check"]): Diagnostic[] {
  const { doc } = view.state;
  const text = doc.toString();
  const fault = text.trim() === "" ? null : check(text);
  if (!fault) return [];
  const line = doc.line(Math.min(Math.max(fault.line, 1), doc.lines));
  const from = Math.min(line.from + Math.max(fault.column - 1, 0), doc.length);
  const word = view.state.wordAt(from);
  const to = word && word.to > from ? word.to : Math.min(from + 1, doc.length);
  return [
    { from: to === from ? Math.max(from - 1, 0) : from, to, severity: "error", message: faultWords(fault.message) },
  ];
}
