import { isObject } from "@/lib/catalogue/infer-schema";
import type { Json, JsonObject } from "@/lib/kernel/json";

/** Classes of data by the names that carry them. Names are compared word by word, so that `username` is not a `name`. */
const BY_NAME: readonly (readonly [dataClass: string, words: ReadonlySet<string>])[] = [
  [
    "pii",
    new Set(
      "email mail phone mobile dob birth birthday birthdate ssn passport address street zip postcode surname firstname lastname passenger passengers customer customers user users patient patients employee employees contact contacts person people guest guests member members account".split(
        " ",
      ),
    ),
  ],
  ["payment", new Set("card cards iban bic cvv cvc payment payments bank billing".split(" "))],
  ["credentials", new Set("password passwd secret token apikey credential credentials".split(" "))],
  ["health", new Set("diagnosis prescription medication allergy health medical".split(" "))],
];

const EMAIL = /^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/;
const CARD = /^(?:\d[ -]?){13,19}$/;
const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;
const VALUES_MAX = 500;

/** Which classes of data these arguments, and what the action's name speaks of, seem to be; sorted. A suggestion: a person says. */
export function dataClassesOf(words: readonly string[], samples: readonly JsonObject[]): string[] {
  const found = new Set<string>();
  const byWords = (names: readonly string[]) => {
    for (const [dataClass, known] of BY_NAME) if (names.some((name) => known.has(name))) found.add(dataClass);
    if (names.includes("api") && names.includes("key")) found.add("credentials");
    if (names.includes("name") && (names.includes("first") || names.includes("last") || names.includes("full")))
      found.add("pii");
  };
  byWords(words);
  let left = VALUES_MAX;
  const visit = (value: Json, depth: number): void => {
    if (left-- <= 0 || depth > 8) return;
    if (typeof value === "string") byValue(value, found);
    else if (Array.isArray(value)) value.forEach((item) => visit(item, depth + 1));
    else if (isObject(value)) {
      for (const [name, inner] of Object.entries(value)) {
        byWords(wordsOf(name));
        visit(inner, depth + 1);
      }
    }
  };
  for (const sample of samples) visit(sample, 0);
  return [...found].toSorted();
}

function byValue(text: string, found: Set<string>): void {
  if (text.length > 200) return;
  if (EMAIL.test(text)) found.add("pii");
  if (IBAN.test(text.replaceAll(" ", "")) || (CARD.test(text) && passesLuhn(text.replaceAll(/[ -]/g, "")))) {
    found.add("payment");
  }
}

/** The check digit that card numbers have, and one in ten other numbers. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** `cancelReservation`, `cancel_reservation`, `cancel-reservation` → cancel, reservation. */
export const wordsOf = (name: string): string[] =>
  name
    .slice(0, 200)
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
