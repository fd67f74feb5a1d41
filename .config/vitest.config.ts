import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));

const shared = {
  root,
  resolve: { alias: { "@": root } },
} as const;

const test = {
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
} as const;

/** They change what belongs to the process (its environment, its globals, hooks of a module that several share), or start servers and processes. */
const APART = [
  "e2e/{api,faults,fixtures}/**",
  ".config/**",
  "lib/{server,gate,db,worker,live}/**",
  "lib/notify/**",
  "**/held-decisions.test.ts",
];

export default defineConfig({
  ...shared,
  test: {
    ...test,
    globalSetup: [".config/vitest.setup.ts"],
    projects: [
      {
        ...shared,
        test: { ...test, name: "apart", include: APART.map((folder) => folder.replace(/\*\*$/, "**/*.test.{ts,tsx}")) },
      },
      {
        ...shared,
        test: {
          ...test,
          name: "together",
          include: ["{lib,components,app,prisma}/**/*.test.{ts,tsx}"],
          exclude: [...APART, "**/node_modules/**"],
          // A process for each of 150 files, each with its modules read anew, was two fifths of the time of all of them.
          isolate: false,
        },
      },
    ],
  },
});
