import type { Field } from "@/lib/policies/builder/fields";

/** One thing that could be written at the cursor. */
export interface Completion {
  label: string;
  /** Replaces the text from `from` to the cursor. */
  insert: string;
  kind: "variable" | "property" | "function" | "value";
  detail?: string;
  info?: string;
}

interface Completions {
  from: number;
  options: Completion[];
}

const FUNCTIONS: readonly (readonly [name: string, insert: string, detail: string, info: string])[] = [
  ["has", "has(", "has(a.b)", "Whether a value is given. It asks for a member behind a dot."],
  ["size", "size(", "size(list)", "Number of elements of a list or map, or characters of a text."],
  ["duration", 'duration("', 'duration("5m")', "A length of time in hours, minutes and seconds: 24h, 5m, 90s."],
  ["timestamp", "timestamp(", 'timestamp("2026-01-01T00:00:00Z")', "A text read as an instant (RFC 3339)."],
  ["int", "int(", "int(value)", "A number or text as an integer."],
  ["double", "double(", "double(value)", "A number or text as a decimal."],
  ["string", "string(", "string(value)", "A value as text."],
];

const METHODS: readonly (readonly [name: string, types: readonly Field["type"][], detail: string, info: string])[] = [
  ["startsWith", ["text"], 'startsWith("a")', "Whether the text begins so."],
  ["endsWith", ["text"], 'endsWith("a")', "Whether the text ends so."],
  ["contains", ["text"], 'contains("a")', "Whether the text is found inside."],
  ["matches", ["text"], 'matches("^a+$")', "Whether the RE2 pattern is found. The pattern is written out."],
  ["exists", ["list", "map"], "exists(x, x > 1)", "Whether the condition holds for some element."],
  ["all", ["list", "map"], "all(x, x > 1)", "Whether the condition holds for every element."],
  ["filter", ["list"], "filter(x, x > 1)", "The elements for which the condition holds."],
  ["map", ["list"], "map(x, x.name)", "The list of what each element becomes."],
  ["getHours", ["time", "clock"], "getHours(organisation.timeZone)", "Hour of the day, 0 to 23, in a zone."],
  [
    "getDayOfWeek",
    ["time", "clock"],
    "getDayOfWeek(organisation.timeZone)",
    "Day of the week, 0 is Sunday, in a zone.",
  ],
];

const ROOTS: readonly (readonly [name: string, info: string])[] = [
  ["args", "The arguments of the action."],
  ["facts", 'Earlier results in the run: facts["system.action"][key].'],
  ["run", "The run: mode, trigger, whom it acts for, data read so far."],
  ["usage", "What the run has used so far."],
  ["evidence", "What the agent brings to support the request."],
  ["agent", "The agent that asks."],
  ["action", "The action that is asked for."],
  ["resource", "What the action is done to, as the agent says."],
  ["organisation", "The organisation: timeZone."],
  ["now", "The time of the decision."],
];

/** What members can be read of, up to the cursor. */
const CHAIN = /(?:[A-Za-z_]\w*|\))(?:\.\w*|\[(?:"[^"]*"|[^[\]"]*(?:\["[^"]*"\])?[^[\]"]*)\])*(?:\["[^"]*)?$/;
/** The member that is being written. */
const OPEN = /(?:\.\w*|\["[^"\]]*)$/;
const VALUE = /((?:[A-Za-z_]\w*)(?:\.\w+|\[[^\]]*\])*)\s*(?:==|!=)\s*"([^"\n]*)$/;

/** What could be written at an offset of a condition: members, values of a closed set, functions. Null inside other texts. */
export function completionsAt(text: string, offset: number, fields: readonly Field[]): Completions | null {
  const before = text.slice(0, offset);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  if (line.includes("//")) return null;
  const values = valuesAt(line, offset, fields);
  if (values) return values;
  const chain = CHAIN.exec(before)?.[0] ?? "";
  const open = OPEN.exec(chain)?.[0] ?? "";
  const of = chain.slice(0, chain.length - open.length);
  if (open.startsWith("[")) return keysAt(of, open, offset, fields);
  if (isInText(line)) return null;
  if (open.startsWith(".")) return membersAt(of, open, offset, fields);
  const word = /[A-Za-z_]\w*$/.exec(before)?.[0] ?? "";
  return { from: offset - word.length, options: roots() };
}

const isInText = (line: string): boolean => (line.replaceAll(/\\./g, "").match(/"/g)?.length ?? 0) % 2 === 1;

function roots(): Completion[] {
  return [
    ...ROOTS.map(([label, info]): Completion => ({ label, insert: label, kind: "variable", info })),
    ...FUNCTIONS.map(([label, insert, detail, info]): Completion => ({
      label,
      insert,
      kind: "function",
      detail,
      info,
    })),
  ];
}

function valuesAt(line: string, offset: number, fields: readonly Field[]): Completions | null {
  const [, expression, typed] = VALUE.exec(line) ?? [];
  const options = fields.find((field) => field.expression === expression)?.options;
  if (!options || typed === undefined) return null;
  return {
    from: offset - typed.length,
    options: options.map((label) => ({ label, insert: `${label}"`, kind: "value" })),
  };
}

/** After `facts["`: the actions whose results are facts; after another `["`: names that no dot takes. */
function keysAt(of: string, open: string, offset: number, fields: readonly Field[]): Completions | null {
  const found = membersOf(of, fields, "[");
  if (found.size === 0) return null;
  const options = [...found].map(([key, field]): Completion => ({
    label: key,
    insert: `${key}"]`,
    kind: "property",
    detail: field.label,
  }));
  return { from: offset - open.length + 2, options };
}

function membersAt(of: string, open: string, offset: number, fields: readonly Field[]): Completions {
  const members = [...membersOf(of, fields, ".")].map(([label, field]): Completion => {
    const isWhole = field.expression === `${of}.${label}`;
    return {
      label,
      insert: label,
      kind: "property",
      detail: isWhole ? field.type : "",
      ...(isWhole && { info: field.hint ? `${field.label}. ${field.hint}` : field.label }),
    };
  });
  if (of === "organisation") members.push({ label: "timeZone", insert: "timeZone", kind: "property", detail: "text" });
  const type = fields.find((field) => field.expression === of)?.type;
  const methods = METHODS.filter(([, types]) => type === undefined || type === "any" || types.includes(type)).map(
    ([label, , detail, info]): Completion => ({ label, insert: `${label}(`, kind: "function", detail, info }),
  );
  return {
    from: offset - open.length + 1,
    options: members.length > 0 && type === undefined ? members : [...members, ...methods],
  };
}

/** The names that fields put right behind an expression, by a dot or in brackets. */
function membersOf(of: string, fields: readonly Field[], by: "." | "["): Map<string, Field> {
  const pattern = by === "." ? /^\.(\w+)/ : /^\["([^"\\]*)"\]/;
  const found = new Map<string, Field>();
  for (const field of fields) {
    if (!field.expression.startsWith(of)) continue;
    const rest = field.expression.slice(of.length);
    const name = pattern.exec(rest)?.[1];
    if (name === undefined) continue;
    const isWhole = rest.length === (by === "." ? name.length + 1 : name.length + 4);
    if (!found.has(name) || isWhole) found.set(name, field);
  }
  return found;
}
