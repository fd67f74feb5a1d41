import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { expect, it } from "vitest";

import { ROOT } from "@/lib/db/root";

const WRITES_AND_ENDS = `
  const { createLog } = await import(${JSON.stringify(join(ROOT, "lib/server/log.ts"))});
  const log = createLog("worker");
  process.stdin.once("end", () => {
    for (let line = 0; line < 2000; line++) log.warn("x".repeat(100));
    process.exit(7);
  });
  process.stdin.resume();
  process.stderr.write("up");
`;

it("a process whose lines nobody reads any more still ends", async () => {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", WRITES_AND_ENDS], {
    cwd: ROOT,
    env: { ...process.env, LOG_LEVEL: "info" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  await once(child.stderr, "data");
  child.stdout.destroy();
  child.stdin.end();
  const [code] = await once(child, "exit");
  expect(code).toBe(7);
});
