import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

const files = ["app", "components", "lib"].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("db/generated/"))
    .map((path) => ({ path: `${top}/${path}`, text: readFileSync(join(root, top, path), "utf8") })),
);

const EXPORT = /^export\s+(?!type\b|interface\b)(.*)$/gm;
const DEFINED = /^const \w+ = define(Public)?Action\b/;

/** Every exported action is a public POST; only defineAction checks who calls. */
describe("server actions", () => {
  const actions = files.filter(({ text }) => /^\s*["']use server["'];?\s*$/m.test(text));

  it("exist", () => expect(actions.length).toBeGreaterThan(3));

  it.each(actions)("$path exports only what defineAction makes", ({ path, text }) => {
    expect(text.trimStart()).toMatch(/^["']use server["']/);
    expect(path).toMatch(/^app\/.*\/([a-z]+-)?actions\.ts$/);
    for (const [, declared = ""] of text.matchAll(EXPORT)) expect(declared).toMatch(DEFINED);
  });

  it.each(actions.filter(({ path }) => !path.startsWith("app/(auth)/")))(
    "$path needs somebody signed in",
    ({ text }) => {
      expect(text).not.toContain("definePublicAction");
    },
  );
});

describe("the data layer", () => {
  it("is not reached around: app takes the database from the viewer", () => {
    const around = files.filter(
      ({ path, text }) => path.startsWith("app/") && /from "@\/lib\/db\/(?!generated\/enums)/.test(text),
    );
    expect(around.map(({ path }) => path)).toEqual([]);
  });
});
