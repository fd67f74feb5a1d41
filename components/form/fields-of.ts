/** What a submitted form holds, read by name. */
export interface FormFields {
  /** The text as typed; "" when absent. */
  text: (name: string) => string;
  /** The trimmed text; undefined when blank. */
  optional: (name: string) => string | undefined;
  /** The number typed; undefined when blank, NaN when it is none, so that the action's schema refuses it. */
  number: (name: string) => number | undefined;
  /** Whether a checkbox or switch is on. */
  checked: (name: string) => boolean;
  /** All values under one name. */
  all: (name: string) => string[];
}

export function fieldsFrom(data: FormData): FormFields {
  const text = (name: string) => {
    const value = data.get(name);
    return typeof value === "string" ? value : "";
  };
  const optional = (name: string) => {
    const trimmed = text(name).trim();
    return trimmed === "" ? undefined : trimmed;
  };
  return {
    text,
    optional,
    number: (name) => {
      const value = optional(name);
      return value === undefined ? undefined : Number(value);
    },
    checked: (name) => data.has(name),
    all: (name) => data.getAll(name).filter((value) => typeof value === "string"),
  };
}
