import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * The tests that `npm run mutation` asks of every mutant of the decision: pure ones that answer in milliseconds. The laws over generated
 * worlds (laws.test.ts, fail-closed.test.ts) take seconds, for each of hundreds of mutants; what is measured here does without them.
 */
export default defineConfig({
  root,
  resolve: { alias: { "@": root } },
  test: {
    include: [
      "lib/decisions/{decide,conclude,redeem,rate,reauthentication}.test.ts",
      "lib/agents/{attenuate,effective}.test.ts",
      "lib/policies/{rules,compile}.test.ts",
      "lib/budgets/rate.test.ts",
      "lib/policies/cel/condition.test.ts",
    ],
    env: { NODE_ENV: "test", LOG_LEVEL: "silent" },
  },
});
