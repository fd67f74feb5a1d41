/** Nesting that a body may have; deeper ones are refused before they are parsed. */
export const MAX_DEPTH = 100;

type JsonFault = "too_deep" | "number_inexact";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const DIGITS_ALWAYS_EXACT = 15;

/**
 * Looks over a JSON text before it is parsed. `too_deep`: arrays and objects nest more than {@link MAX_DEPTH}.
 * `number_inexact`: an integer that a double cannot hold, or an infinite one. Such a number would be another one once parsed, so that the
 * arguments that a person approves would not be those that the agent meant. Says nothing about whether the text is JSON.
 */
export function jsonFault(text: string): JsonFault | null {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) {
      at = endOfString(text, at);
    } else if (char === 0x7b || char === 0x5b) {
      if (++depth > MAX_DEPTH) return "too_deep";
    } else if (char === 0x7d || char === 0x5d) {
      depth--;
    } else if (isNumberStart(char)) {
      const end = endOfNumber(text, at);
      if (end - at > 3 && !exact(text.slice(at, end))) return "number_inexact";
      at = end - 1;
    }
  }
  return null;
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && escaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function escaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
  return slashes % 2 === 1;
}

const isDigit = (char: number): boolean => char >= 0x30 && char <= 0x39;
const isNumberStart = (char: number): boolean => isDigit(char) || char === 0x2d;

function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  for (; end < text.length; end++) {
    const char = text.charCodeAt(end);
    // digits . e E + -
    if (!isDigit(char) && char !== 0x2e && char !== 0x65 && char !== 0x45 && char !== 0x2b && char !== 0x2d) break;
  }
  return end;
}

/**
 * Fractions are taken as every JSON reader takes them, as the nearest double. What is so large that a double holds no fractions must be what it
 * says, however it is written, or how a double is written.
 */
function exact(number: string): boolean {
  if (number.length <= DIGITS_ALWAYS_EXACT && !/[eE]/.test(number)) return true;
  const value = Number(number);
  if (Number.isNaN(value)) return true;
  if (!Number.isFinite(value)) return false;
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return true;
  const said = decimalOf(number);
  return said === decimalOf(String(value)) || said === decimalOf(BigInt(value).toString());
}

/** Its digits without zeros at either end, and the power of ten of the last: the same for all ways to write a number. */
function decimalOf(number: string): string {
  const [, whole = "", fraction = "", power = "0"] = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const kept = digits.replace(/0+$/, "");
  return `${kept}e${Number(power) - fraction.length + digits.length - kept.length}`;
}
