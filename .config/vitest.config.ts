import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));

export default defineConfig({
  root,
  resolve: { alias: { "@": root } },
  test: {
    include: ["{lib,components,app,prisma,.config}/**/*.test.{ts,tsx}", "e2e/{api,faults,fixtures}/**/*.test.ts"],
    globalSetup: [".config/vitest.setup.ts"],
    // Two: what the smallest machine that runs the tests has; a file waits for its database more than it computes.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    env: { NODE_ENV: "test", LOG_LEVEL: "silent", REMIT_SEAL_KEY: "tests seal their secrets with this" },
  },
});
