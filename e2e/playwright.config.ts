import { defineConfig } from "@playwright/test";

import { findBrowser } from "@/e2e/browser";

export default defineConfig({
  testDir: "specs",
  outputDir: ".results",
  globalSetup: "./specs/system/setup.ts",
  // Specs have people, agents and a queue of their own, so that files run side by side; within a file, in order.
  fullyParallel: false,
  workers: 3,
  retries: 0,
  forbidOnly: true,
  // They end only what hangs: how long something takes depends on what else the machine does.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    // Nothing that moves is waited for, and nothing is measured while it fades.
    contextOptions: { reducedMotion: "reduce" },
    locale: "en-GB",
    timezoneId: "UTC",
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    // Snapshots of every step cost a quarter of the time of all journeys (e2e/specs/pages.spec.ts: 58 s of CPU with them, 42 s without).
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: findBrowser(),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
      ],
    },
  },
});
