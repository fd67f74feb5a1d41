import type { Command } from "commander";

import { readText, writeText } from "@/lib/cli/files";
import { required, withDatabase } from "@/lib/cli/session";
import { CliError, note, paint, print, type Colour } from "@/lib/cli/terminal";
import { applyManifest, type Applied } from "@/lib/manifest/apply";
import { exportManifest } from "@/lib/manifest/export";
import { problemText } from "@/lib/manifest/parse";
import type { Problem } from "@/lib/manifest/source";
import type { PlanStep } from "@/lib/manifest/steps";

export function applyCommand(program: Command): void {
  program
    .command("apply")
    .description("make the organisation what a manifest says")
    .requiredOption("-f, --file <file>", "the manifest; - is standard input")
    .option("--dry-run", "print the plan and change nothing")
    .action(async ({ file, dryRun }: { file: string; dryRun?: true }) => {
      const text = await readText(file);
      const applied = await withDatabase(async (context) =>
        required(await applyManifest(context, text, { dryRun: dryRun ?? false })),
      );
      report(applied, file);
    });
}

export function exportCommand(program: Command): void {
  program
    .command("export")
    .description("print the organisation as a manifest")
    .option("-o, --output <file>", "write it to a file")
    .action(async ({ output }: { output?: string }) => {
      const text = await withDatabase(async (context) => required(await exportManifest(context)));
      if (output === undefined) process.stdout.write(text);
      else writeText(output, text);
    });
}

function report(applied: Applied, file: string): void {
  if (applied.outcome === "refused") {
    for (const problem of applied.problems) noteProblem(problem);
    const errors = applied.problems.filter((problem) => problem.severity === "error").length;
    throw new CliError(`${file} is refused: ${errors} ${errors === 1 ? "error" : "errors"}. Nothing was changed.`);
  }
  for (const problem of applied.warnings) noteProblem(problem);
  for (const step of applied.steps) print(planLine(step));
  print(applied.steps.length === 0 ? "Nothing to change." : summary(applied.steps, applied.outcome === "planned"));
}

const noteProblem = (problem: Problem): void => {
  const isError = problem.severity === "error";
  note(`${paint(isError ? "error" : "warning", isError ? "red" : "yellow", process.stderr)} ${problemText(problem)}`);
};

const SIGNS: Readonly<Record<PlanStep["verb"], [sign: string, colour: Colour, past: string]>> = {
  create: ["+", "green", "created"],
  update: ["~", "blue", "updated"],
  move: [">", "blue", "moved"],
  remove: ["-", "red", "removed"],
  suspend: ["!", "yellow", "suspended"],
};

function planLine({ verb, subject, name, changes }: PlanStep): string {
  const [sign, colour] = SIGNS[verb];
  const what = [subject, name].filter((part) => part !== "").join(" ");
  return `${paint(sign, colour)} ${what}${changes.length > 0 ? paint(`  ${changes.join(", ")}`, "dim") : ""}`;
}

function summary(steps: readonly PlanStep[], planned: boolean): string {
  const counts = Object.entries(SIGNS).flatMap(([verb, [, , past]]) => {
    const count = steps.filter((step) => step.verb === verb).length;
    return count > 0 ? [`${count} ${past}`] : [];
  });
  return planned ? `Would be: ${counts.join(", ")}. Nothing was changed.` : `${counts.join(", ")}.`;
}
