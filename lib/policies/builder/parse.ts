import { parse as parseCel, type ParseError } from "@marcbachmann/cel-js";

import { fieldOf, rowOf } from "@/lib/policies/builder/leaf";
import { custom, group, NO_CONDITION, type Group, type Item } from "@/lib/policies/builder/model";
import { normalise } from "@/lib/policies/builder/normalise";
import { shapeOf, trimmed, type Span } from "@/lib/policies/builder/scan";
import { positionOf, type ConditionFault } from "@/lib/policies/cel/condition";

type Parsed = { ok: true; model: Group } | { ok: false; fault: ConditionFault };

/**
 * A condition as a model: groups where it joins, rows where it compares, and custom conditions, copied letter by letter, for what
 * rows cannot say. null is no condition. Whether it type-checks is not looked at. Never throws.
 */
export function parse(text: string | null): Parsed {
  if (text === null || text.trim() === "") return { ok: true, model: NO_CONDITION };
  const fault = syntaxFault(text);
  if (fault) return { ok: false, fault };
  return { ok: true, model: normalise(group("all", [itemOf(text, { start: 0, end: text.length })])) };
}

function syntaxFault(text: string): ConditionFault | null {
  try {
    parseCel(text);
    return null;
  } catch (cause) {
    const { summary, range } = cause as Partial<ParseError>;
    return { ...positionOf(text, range?.start ?? 0), message: summary ?? "not a condition" };
  }
}

function itemOf(text: string, span: Span): Item {
  const shape = shapeOf(text, span);
  switch (shape.kind) {
    case "join":
      return group(
        shape.join,
        shape.parts.map((part) => itemOf(text, part)),
      );
    case "parentheses":
      return itemOf(text, shape.inner);
    case "not":
      return group("any", [itemOf(text, shape.inner)], true);
    case "leaf": {
      const { start, end } = trimmed(text, span);
      const slice = text.slice(start, end);
      return (shape.hasComment ? null : leafOf(slice)) ?? custom(slice);
    }
  }
}

function leafOf(slice: string): Item | null {
  try {
    return rowOf(parseCel(slice).ast);
  } catch {
    return null;
  }
}

/** The one way to write what is looked at, when a text names something that a row can look at; else null. */
export function fieldNamed(text: string): string | null {
  try {
    return fieldOf(parseCel(text.trim()).ast);
  } catch {
    return null;
  }
}
