import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, it } from "vitest";

import { acquireLock, lockHolder } from "@/lib/server/lock";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-lock-"));
  path = join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function held(): { release: () => void; tookOver: boolean } {
  const lock = acquireLock(path, "test");
  if ("release" in lock) return lock;
  throw new Error("the lock is held by somebody else");
}

it("has one holder, who is named to the next, and leaves no file behind", () => {
  const { release, tookOver } = held();
  expect(tookOver).toBe(false);
  expect(acquireLock(path, "other")).toMatchObject({ heldBy: { pid: process.pid, purpose: "test" } });
  release();
  expect(lockHolder(path)).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
});

it("is taken over from a process that is gone", async () => {
  const gone = spawn(process.execPath, ["-e", "0"]);
  await new Promise((resolve) => gone.once("exit", resolve));
  writeFileSync(path, JSON.stringify({ pid: gone.pid, mark: "boot/1", purpose: "supervisor" }));
  held();
  expect(lockHolder(path)?.pid).toBe(process.pid);
});

it("is taken over where another process has the id of the one that is gone", () => {
  writeFileSync(path, JSON.stringify({ pid: process.pid, mark: "another boot/1", purpose: "supervisor" }));
  expect(lockHolder(path)).toBeUndefined();
  held();
});

it("is taken over when its file is damaged, as a full disk may leave it", () => {
  writeFileSync(path, "");
  expect(held().tookOver).toBe(true);
});

it("is not released by a process that lost it", () => {
  const { release } = held();
  const other = JSON.stringify({ pid: 1, purpose: "other" });
  writeFileSync(path, other);
  release();
  expect(readFileSync(path, "utf8")).toBe(other);
});
