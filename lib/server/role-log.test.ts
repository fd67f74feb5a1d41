import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";

import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { openRoleLog } from "@/lib/server/role-log";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "remit-log-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it("keeps every line, and shows warnings, errors and what a crash prints", async () => {
  const shown: string[] = [];
  const log = openRoleLog(home, "gate", (line) => shown.push(line));
  const [output, errors] = [new PassThrough(), new PassThrough()];
  log.follow(output, "output");
  log.follow(errors, "errors");
  output.write('{"level":30,"msg":"gate listens"}\n{"level":40,"msg":"the store is slow"}\nsome banner\n');
  output.write('{"level":50,"msg":"a request failed","err":{"message":"out of memory"}}\n');
  errors.write("PORT must be a port number.\n");
  const path = join(home, "logs/gate.log");
  await vi.waitFor(() => expect(readFileSync(path, "utf8").trim().split("\n")).toHaveLength(5));
  expect(shown.toSorted()).toEqual([
    "gate: PORT must be a port number.",
    "gate: a request failed: out of memory",
    "gate: the store is slow",
  ]);
  expect(log.lastWords()).toContain("PORT must be a port number.");
  log.close();
});
