import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));

export default defineConfig({
  root,
  resolve: { alias: { "@": root } },
  test: {
    include: ["{lib,components,app,prisma,.config}/**/*.test.{ts,tsx}", "e2e/{api,faults,fixtures}/**/*.test.ts"],
    globalSetup: [".config/vitest.setup.ts"],
    // Two: what the smallest machine that runs the tests has; three were slower.
    maxWorkers: 2,
    // They end only what hangs: how long something takes depends on what else the machine does.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    env: {
      NODE_ENV: "test",
      LOG_LEVEL: "silent",
      REMIT_SEAL_KEY: "tests seal their secrets with this",
      REMIT_CHECKPOINT_KEY: "tests sign their checkpoints with this",
    },
  },
});
