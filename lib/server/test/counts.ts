import { readFileSync } from "node:fs";

import { z } from "zod";

interface Counts {
  passed: number;
  failed: number;
}

const NOTHING: Counts = { passed: 0, failed: 0 };
const vitestReport = z.object({
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

/** Counts of Vitest's JSON report. Nothing may be skipped; a file that could not be collected is one failure. */
export function vitestCounts(path: string): Counts {
  const report = read(path, vitestReport);
  if (!report) return NOTHING;
  const results = report.testResults.flatMap((file) => file.assertionResults);
  const passed = results.filter((result) => result.status === "passed").length;
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.every((result) => result.status === "passed"),
  ).length;
  return { passed, failed: results.length - passed + broken };
}

/** Counts of Playwright's JSON report. Neither is a journey skipped, nor does one count that needed a second try. */
export function playwrightCounts(path: string): Counts {
  const report = read(path, playwrightReport);
  if (!report) return NOTHING;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + skipped };
}

/** Undefined when the program ended before it wrote a report: its exit code then tells. */
function read<T>(path: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}
