import { spawnSync } from "node:child_process";

import { findBrowser } from "@/e2e/browser";
import { StartError } from "@/lib/server/env";

/**
 * Makes sure that there is a browser for the journeys: one that is installed or, as root on Debian, the distribution's package.
 * @throws StartError that says how to get one.
 */
export function ensureBrowser(): void {
  if (isFound()) return;
  if (process.getuid?.() === 0 && succeeds("apt-get", ["--version"])) {
    process.stdout.write("Installing Chromium from the distribution …\n");
    succeeds("apt-get", ["update", "-qq"]);
    succeeds("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"]);
    if (isFound()) return;
  }
  throw new StartError(
    "No Chromium was found for the browser tests: run `npx playwright install chromium`, or install your system's package.",
  );
}

function isFound(): boolean {
  try {
    findBrowser();
    return true;
  } catch {
    return false;
  }
}

const succeeds = (command: string, args: string[]): boolean =>
  spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] }).status === 0;
