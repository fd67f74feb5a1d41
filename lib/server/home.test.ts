import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, it } from "vitest";

import { StartError } from "@/lib/server/env";
import { lockHome } from "@/lib/server/home";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-home-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("makes the folder and holds it", () => {
  const home = join(folder, "deep", "home");
  expect(lockHome(home, "supervisor")).toHaveProperty("release");
  expect(lockHome(home, "command")).toMatchObject({ heldBy: { pid: process.pid, purpose: "supervisor" } });
});

it.each([
  ["a file", ""],
  ["below a file", "deep"],
])("says in one sentence that REMIT_HOME is %s", (_, below) => {
  writeFileSync(join(folder, "file"), "");
  const home = join(folder, "file", below);
  const lock = () => lockHome(home, "supervisor");
  expect(lock).toThrow(StartError);
  expect(lock).toThrow(`${home} (REMIT_HOME) is not a folder: move away what is there, or set it to another.`);
});
