import { readFileSync } from "node:fs";

import type { TestProject } from "vitest/node";

import { PROGRAMS } from "@/e2e/api/program";
import { startTestCluster } from "@/lib/db/test-cluster";
import { bundle } from "@/lib/server/bundle";

/** Imports of a test that need a database: lib/db/testing itself, or another helper named after it. */
const NEEDS_DATABASE = /from "[^"]*testing"/;

/** Starts one throwaway cluster and compiles the programs for the whole run, and does neither when only pure tests run. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const testFiles = project.vitest.state.getPaths();
  if (!testFiles.some((file) => NEEDS_DATABASE.test(readFileSync(file, "utf8")))) return undefined;
  const cluster = await startTestCluster();
  project.provide("cluster", cluster.urls);
  const compile = () => bundle(PROGRAMS, cluster.home);
  await compile();
  project.provide("programs", cluster.home);
  project.onTestsRerun(compile);
  return cluster.stop;
}
