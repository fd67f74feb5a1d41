import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** WCAG 2.2, success criteria 1.4.3 (words) and 1.4.11 (marks and the edges of controls). */
const WORDS = 4.5;
const MARKS = 3;

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");

function tokensOf(selector: string): Map<string, string> {
  const tokens = new Map<string, string>();
  for (const block of css.split(/^}/m)) {
    if (!block.includes(`${selector} {\n`)) continue;
    for (const [, name, value] of block.matchAll(/--([\w-]+):\s*([^;]+);/g)) {
      if (name !== undefined && value !== undefined) tokens.set(name, value);
    }
  }
  return tokens;
}

const light = tokensOf("\n:root");
const themes = { light, dark: new Map([...light, ...tokensOf('[data-theme="dark"]')]) };

function resolve(theme: Map<string, string>, name: string): string {
  const value = theme.get(name);
  const alias = value?.match(/^var\(--([\w-]+)\)$/)?.[1];
  if (alias !== undefined) return resolve(theme, alias);
  if (value === undefined || !/^#[0-9a-f]{6}$/.test(value))
    throw new Error(`--${name} is ${value}, not a six-digit hex colour`);
  return value;
}

/** Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(left: string, right: string): number {
  const [low = 0, high = 0] = [luminance(left), luminance(right)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const SURFACES = ["canvas", "background", "surface", "surface-2", "surface-3", "overlay"];
const FAMILIES = ["neutral", "allow", "deny", "escalate", "review", "info"];
const MEANINGS = [
  "risk-low",
  "risk-medium",
  "risk-high",
  "run-running",
  "run-succeeded",
  "run-failed",
  "run-blocked",
  "run-halted",
  "run-lost",
];

const pairs: [string, string, number][] = [
  ...SURFACES.flatMap((surface): [string, string, number][] => [
    ...["foreground", "muted", "faint", "accent-text"].map((text): [string, string, number] => [text, surface, WORDS]),
    ...FAMILIES.map((family): [string, string, number] => [`${family}-text`, surface, WORDS]),
    ...FAMILIES.map((family): [string, string, number] => [family, surface, MARKS]),
    ...MEANINGS.map((meaning): [string, string, number] => [meaning, surface, MARKS]),
    ["ring", surface, MARKS],
    ["danger", surface, MARKS],
  ]),
  ...[...FAMILIES, "accent"].map((family): [string, string, number] => [`${family}-text`, `${family}-soft`, WORDS]),
  ...["canvas", "background", "surface", "overlay"].flatMap((surface): [string, string, number][] => [
    ["control", surface, MARKS],
    ["accent", surface, MARKS],
  ]),
  ["on-accent", "accent", WORDS],
  ["on-accent", "accent-hover", WORDS],
  ["on-danger", "danger", WORDS],
  ["on-danger", "danger-hover", WORDS],
];

describe.each(Object.entries(themes))("colours of the %s theme", (_, theme) => {
  it.each(pairs)("%s on %s is at least %s to 1", (front, back, least) => {
    expect(contrast(resolve(theme, front), resolve(theme, back))).toBeGreaterThanOrEqual(least);
  });
});
