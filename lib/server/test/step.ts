import { spawn } from "node:child_process";
import { join } from "node:path";

import { ROOT } from "@/lib/db/root";
import { childEnv, StartError } from "@/lib/server/env";

/** How one step of the checks ended. A step that counts nothing of its own is one check. */
export interface Outcome {
  name: string;
  passed: number;
  failed: number;
  tookMs: number;
}

/** The command of an installed package, run by this Node: no npx, which costs half a second and may ask the registry. */
export const command = (name: string): string => join(ROOT, "node_modules/.bin", name);

/**
 * Runs one program and passes on what it prints. `count` reads how many checks passed and failed from what the program
 * left behind; a program that fails without a failed check counts as one.
 */
export async function runStep(
  name: string,
  args: readonly string[],
  options: { env?: Record<string, string>; count?: () => { passed: number; failed: number } } = {},
): Promise<Outcome> {
  process.stdout.write(`\n── ${name}\n`);
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: "inherit", env: childEnv(options.env ?? {}) });
  let interrupted = false;
  const stop = (signal: NodeJS.Signals) => {
    interrupted = true;
    child.kill(signal);
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  const code = await new Promise<number>((done, fail) => {
    child.once("error", fail);
    child.once("exit", (exit, signal) => done(signal ? 1 : (exit ?? 1)));
  });
  process.off("SIGINT", stop).off("SIGTERM", stop);
  if (interrupted) throw new StartError("The tests were interrupted.");
  const counted = options.count?.() ?? { passed: code === 0 ? 1 : 0, failed: 0 };
  const failed = code !== 0 && counted.failed === 0 ? 1 : counted.failed;
  return { name, passed: counted.passed, failed, tookMs: performance.now() - startedAt };
}
