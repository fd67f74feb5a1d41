/** A text as CEL writes it. Half of a surrogate pair is no character, and CEL has no way to write one. */
export const quoted = (text: string): string => JSON.stringify(text.replaceAll(/\p{Surrogate}/gu, "\uFFFD"));
