import type { CommandContext } from "@/lib/audit/change";
import { inOneChange, type Step } from "@/lib/audit/command";
import { failureModesFor } from "@/lib/incidents/failure-settings";
import { beginIncident } from "@/lib/incidents/open";
import { enter, recordIncident } from "@/lib/incidents/record";
import { signalTitle, signalWords, SIGNAL_SEVERITY } from "@/lib/incidents/signal-words";
import type { FailureRule } from "@/lib/incidents/views";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { settingsFrom } from "@/lib/tiers/settings";

/** So that one sweep stays short; the next one takes the rest. */
const BATCH = 50;

interface Signal {
  id: string;
  rule: FailureRule;
  agentId: string;
  runId: string;
  count: number;
}

/**
 * Acts upon what the rules of failure saw: opens an incident about the agent, suspending it where its failure mode says so, or adds to
 * the one that is open. A signal is taken away in the change that acts upon it, so that each counts once, whoever crashes.
 */
export async function actOnSignals(context: CommandContext): Promise<{ opened: number }> {
  const waiting = await context.db.failureSignal.findMany({
    where: { at: { lte: context.clock.now() } },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    take: BATCH,
  });
  let opened = 0;
  for (const { id } of waiting) {
    const acted = await inOneChange(context, { rebindsDecisions: true }, (step) => actOn(step, id));
    if (acted.ok && acted.value.opened) opened += 1;
  }
  return { opened };
}

async function actOn(step: Step, signalId: string): Promise<Result<{ opened: boolean }>> {
  const rows = await step.tx.$queryRaw<Signal[]>`
    DELETE FROM failure_signal WHERE id = ${signalId}::uuid
    RETURNING id, rule::text, agent_id AS "agentId", run_id AS "runId", count`;
  const signal = rows[0];
  if (!signal) return TAKEN;
  const openKey = `${signal.rule}:${signal.agentId}`;
  const open = await step.tx.incident.findUnique({ where: { openKey }, select: { id: true } });
  if (open) return addTo(step, open.id, signal);
  const configuration = await step.tx.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } });
  const agent = await step.tx.node.findUniqueOrThrow({
    where: { id: signal.agentId },
    select: { slug: true, name: true },
  });
  const modes = failureModesFor(settingsFrom(configuration.settings).settings.failures, agent.slug);
  const pause = signal.rule === "tool_errors" ? modes.toolErrors.pauses : modes.rejections.pauses;
  const begun = await beginIncident(step, {
    agentId: signal.agentId,
    runId: signal.runId,
    source: signal.rule,
    title: signalTitle(signal.rule, agent.name),
    severity: SIGNAL_SEVERITY[signal.rule],
    note: signalWords(signal.rule, signal.count),
    pause,
    openKey,
  });
  return begun.ok ? ok({ opened: true }) : begun;
}

/** What happened again while it is open: one line a signal, and the run that it happened in. */
async function addTo(step: Step, incidentId: string, signal: Signal): Promise<Result<{ opened: boolean }>> {
  await step.tx.incidentRun.createMany({ data: [{ incidentId, runId: signal.runId }], skipDuplicates: true });
  await enter(step, incidentId, "seen", signalWords(signal.rule, signal.count), signal.runId);
  const detail = { source: signal.rule, runId: signal.runId, count: signal.count };
  recordIncident(step, "incident.see", { id: incidentId, agentId: signal.agentId }, detail);
  return ok({ opened: false });
}

const TAKEN = fail("conflict", "Another worker acted upon it.");
