import { readFileSync } from "node:fs";

import { z } from "zod";

export interface Counts {
  passed: number;
  failed: number;
}

const NOTHING: Counts = { passed: 0, failed: 0 };
const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

/** Counts of Vitest's JSON report. A file that could not be collected counts as a failure even when no test in it failed. */
export function vitestCounts(path: string): Counts {
  const report = read(path, vitestReport);
  if (!report) return NOTHING;
  return { passed: report.numPassedTests, failed: Math.max(report.numFailedTests, report.numFailedTestSuites) };
}

/** Counts of Playwright's JSON report. */
export function playwrightCounts(path: string): Counts {
  const report = read(path, playwrightReport);
  if (!report) return NOTHING;
  return { passed: report.stats.expected, failed: report.stats.unexpected + report.stats.flaky };
}

/** Undefined when the program ended before it wrote a report: its exit code then tells. */
function read<T>(path: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}
