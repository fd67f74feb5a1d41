import type { CommandContext } from "@/lib/audit/change";
import { inOneChange, type Step } from "@/lib/audit/command";
import { readSnapshot } from "@/lib/db/read-snapshot";
import { sha256 } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { checkManifest } from "@/lib/manifest/check";
import { readCurrent, type Current } from "@/lib/manifest/current";
import { execute, namesOf } from "@/lib/manifest/execute";
import { byLine, parseManifest, problemAt } from "@/lib/manifest/parse";
import { plan } from "@/lib/manifest/plan";
import type { Manifest } from "@/lib/manifest/schemas";
import type { Problem, Source } from "@/lib/manifest/source";
import type { PlanStep } from "@/lib/manifest/steps";

export type Applied =
  /** `steps` were done, or would be; none: nothing to change. */
  | { outcome: "applied" | "planned"; steps: PlanStep[]; warnings: Problem[] }
  /** The whole file: nothing was changed. */
  | { outcome: "refused"; problems: Problem[] };

export interface ApplyOptions {
  dryRun?: boolean;
  /** Of people whom the manifest makes: argon2id hashes by e-mail. Others sign in after an invitation. */
  passwordHashes?: ReadonlyMap<string, string>;
  /** Runs first, inside the same transaction. */
  before?: (step: Step) => Promise<Result<unknown>>;
  /** Runs last, inside the same transaction, when it was applied. */
  after?: (step: Step) => Promise<Result<unknown>>;
}

/** A manifest of a thousand agents takes about 15 s; decisions go on meanwhile, other changes of configuration wait. */
const APPLY_MS = 10 * 60_000;

type Planned = { ok: true; steps: PlanStep[]; warnings: Problem[] } | { ok: false; problems: Problem[] };

/**
 * Makes the configuration what the manifest says: all of it in one transaction, through the commands of the console, or none of it.
 * Applied a second time it changes nothing. Errors beside a refusal: those of the commands, with nothing changed.
 */
export async function applyManifest(
  context: CommandContext,
  text: string,
  options: ApplyOptions = {},
): Promise<Result<Applied>> {
  const parsed = parseManifest(text);
  if (!parsed.ok) return ok({ outcome: "refused", problems: parsed.problems });
  const { manifest, source } = parsed;
  const now = context.clock.now();
  const first = planned(manifest, source, await readOnce(context, now), now);
  if (!first.ok) return ok({ outcome: "refused", problems: first.problems });
  const { steps, warnings } = first;
  if (options.dryRun || (steps.length === 0 && !options.before)) {
    return ok({ outcome: options.dryRun ? "planned" : "applied", steps, warnings });
  }
  const large = { rebindsDecisions: true, timeoutMs: APPLY_MS };
  return await inOneChange<Applied>(context, large, async (step) => {
    const before = (await options.before?.(step)) ?? ok(null);
    if (!before.ok) return before;
    const applied = await applyWithin(step, manifest, source, text, options);
    if (!applied.ok || applied.value.outcome !== "applied") return applied;
    const after = (await options.after?.(step)) ?? ok(null);
    return after.ok ? applied : after;
  });
}

/** Plans again under the configuration's lock, because somebody may have changed it since, and does every step. */
async function applyWithin(
  step: Step,
  manifest: Manifest,
  source: Source,
  text: string,
  options: ApplyOptions,
): Promise<Result<Applied>> {
  const current = await readCurrent(step.tx, step.now);
  const again = planned(manifest, source, current, step.now);
  if (!again.ok) return fail("conflict", "The configuration changed at this moment. Apply the manifest again.");
  const names = namesOf(current, options.passwordHashes ?? new Map());
  for (const one of again.steps) {
    const done = await execute(step, one.act, names);
    if (!done.ok) return fail(done.error.code, `${one.subject} ${one.name}: ${done.error.message}`);
  }
  step.audit({
    action: "manifest.apply",
    subjectKind: "organisation",
    subjectId: "1",
    nodeId: null,
    detail: { sha256: sha256(text).toString("hex"), steps: again.steps.length },
  });
  return ok({ outcome: "applied", steps: again.steps, warnings: again.warnings });
}

function planned(manifest: Manifest, source: Source, current: Current, now: Date): Planned {
  const findings = checkManifest(manifest, current, now);
  const problems = byLine(findings.map(({ path, message, severity }) => problemAt(source, path, message, severity)));
  if (problems.some((problem) => problem.severity === "error")) return { ok: false, problems };
  return { ok: true, steps: plan(manifest, current, now), warnings: problems };
}

/** One snapshot of everything. */
const readOnce = (context: CommandContext, now: Date): Promise<Current> =>
  readSnapshot(context.db, (tx) => readCurrent(tx, now));
