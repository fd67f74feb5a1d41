/** How long to wait, in whole seconds and tenths: never less than it takes. */
export const waitWords = (ms: number): string => `${Math.ceil(ms / 100) / 10} s`;
