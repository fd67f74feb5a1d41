/** A text as itself inside a LIKE pattern, where `%` and `_` would be wildcards. */
export const likeLiteral = (text: string): string => text.replace(/[\\%_]/g, String.raw`\$&`);
