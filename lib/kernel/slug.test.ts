import { expect, it } from "vitest";

import { isSlug, slugFrom } from "@/lib/kernel/slug";

it.each([
  ["Refunds over $500", "refunds-over-500"],
  ["Größe & Übergabe", "grosse-ubergabe"],
  ["3 desks", "3-desks"],
  ["  --  ", ""],
  ["日本", ""],
])("names %s as %s", (name, slug) => expect(slugFrom(name)).toBe(slug));

it("cuts a long name to what a slug may have", () => {
  expect(isSlug(slugFrom(`${"a".repeat(63)} desk`))).toBe(true);
});
