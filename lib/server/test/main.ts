import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { generateClient } from "@/lib/db/generate";
import { ensureBuilt } from "@/lib/server/build";
import { StartError } from "@/lib/server/env";
import { ensureBrowser } from "@/lib/server/test/browser";
import { playwrightCounts, vitestCounts } from "@/lib/server/test/counts";
import { command, runStep, type Outcome } from "@/lib/server/test/step";

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Every check there is, in the order of how soon it can fail; all of them run even when one fails, except what needs a build. */
async function main(reports: string): Promise<Outcome[]> {
  generateClient();
  ensureBrowser();
  const outcomes: Outcome[] = [];
  outcomes.push(await runStep("Format", [command("oxfmt"), "--check", "."]));
  outcomes.push(await runStep("Lint", [command("oxlint"), "--deny-warnings"]));
  outcomes.push(await runStep("Route types", [command("next"), "typegen"], { env: QUIET }));
  outcomes.push(await runStep("Types", [command("tsc"), "--noEmit", "-p", "."]));
  const built = await build();
  outcomes.push(built);
  if (built.failed > 0) return outcomes;
  const vitest = join(reports, "vitest.json");
  outcomes.push(
    await runStep(
      "Unit, database, API and fault tests",
      [
        command("vitest"),
        "run",
        "--config=.config/vitest.config.ts",
        "--reporter=dot",
        "--reporter=json",
        `--outputFile.json=${vitest}`,
      ],
      { count: () => vitestCounts(vitest) },
    ),
  );
  const playwright = join(reports, "playwright.json");
  outcomes.push(
    await runStep(
      "Browser tests",
      [command("playwright"), "test", "--config=e2e/playwright.config.ts", "--reporter=list,json"],
      { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: playwright }, count: () => playwrightCounts(playwright) },
    ),
  );
  return outcomes;
}

const QUIET = { NEXT_TELEMETRY_DISABLED: "1" };

async function build(): Promise<Outcome> {
  say("\n── Production build");
  const startedAt = performance.now();
  try {
    await ensureBuilt(say);
    return { name: "Production build", passed: 1, failed: 0, tookMs: performance.now() - startedAt };
  } catch (cause) {
    say(cause instanceof Error ? cause.message : String(cause));
    return { name: "Production build", passed: 0, failed: 1, tookMs: performance.now() - startedAt };
  }
}

const reports = mkdtempSync(join(tmpdir(), "remit-test-"));
try {
  const outcomes = await main(reports);
  say("");
  for (const { name, passed, failed, tookMs } of outcomes) {
    say(
      `${failed === 0 ? "✓" : "✗"} ${name.padEnd(38)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${(tookMs / 1_000).toFixed(1).padStart(7)} s`,
    );
  }
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, one) => total + of(one), 0);
  const failed = sum((one) => one.failed);
  say(`\n${sum((one) => one.passed)} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (cause) {
  if (!(cause instanceof StartError)) throw cause;
  process.stderr.write(`${cause.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
