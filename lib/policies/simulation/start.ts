import { command, personOf } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok } from "@/lib/kernel/result";
import { draftFaults, withoutOpenFields } from "@/lib/policies/drafts/faults";
import { rulesHash } from "@/lib/policies/drafts/hash";
import { draftRulesSchema } from "@/lib/policies/drafts/schemas";
import { startSimulationInput } from "@/lib/policies/simulation/schemas";
import { readRuleWorld } from "@/lib/policies/world";

const DAY_MS = 86_400_000;
/** Simulations that wait or run at once: the worker runs one at a time. */
const WAITING_MAX = 10;

/**
 * Asks the worker to try a draft on the decisions of the last days. Whoever reads the organisation's policies may: nothing changes
 * by it. It counts decisions of agents in their sight only.
 * Errors: `conflict` (`revision`: the draft has changed since it was seen; `draftId`: it is gone; no field: one of theirs is under
 * way already), `invalid_input` (`rules.…` for a draft with faults, `agentId`), `too_many_requests`.
 */
export const startSimulation = command(startSimulationInput, {}, async (step, input) => {
  const allowed = authorise(step, "policy.read", null);
  if (!allowed.ok) return allowed;
  const { tx, now, access } = step;
  const { policy: policyId, draftId, revision, days, agentId, action } = input;
  const draft = await tx.policyDraft.findUnique({ where: { id: draftId } });
  if (!draft || draft.policyId !== policyId)
    return fail("conflict", "This draft is gone: it was published or discarded.", "draftId");
  if (draft.revision !== revision)
    return fail("conflict", "The draft has changed since this page was loaded: look at it again.", "revision");
  const written = draftRulesSchema.parse(draft.rules);
  const [fault] = draftFaults(written, await readRuleWorld(tx, written));
  if (fault)
    return fail(
      "invalid_input",
      `Rule ${fault.ruleId}: ${fault.message}.`,
      ["rules", fault.rule, ...fault.path].join("."),
    );
  const reach = access?.nodes("run.read") ?? "all";
  if (agentId !== null) {
    const seen = reach === "all" || reach.has(agentId);
    const agent = seen ? await tx.agent.findUnique({ where: { id: agentId }, select: { id: true } }) : null;
    if (!agent) return fail("invalid_input", "There is no such agent.", "agentId");
  }
  const requestedById = personOf(step);
  // One lock for all that start: what is counted next is what will be.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(7364905)`;
  const waiting = { state: { in: ["queued" as const, "running" as const] } };
  if ((await tx.simulation.count({ where: waiting })) >= WAITING_MAX)
    return fail("too_many_requests", "Too many simulations wait already. Try again when some are done.");
  if (await tx.simulation.findFirst({ where: { ...waiting, policyId, requestedById }, select: { id: true } }))
    return fail("conflict", "A simulation of yours is under way already. Cancel it first.");
  const id = step.newId();
  const hash = rulesHash(written);
  await tx.simulation.create({
    data: {
      id,
      policyId,
      draftId,
      draftRevision: revision,
      rulesHash: hash,
      rules: written.map(withoutOpenFields),
      days,
      fromAt: new Date(now.getTime() - days * DAY_MS),
      agentId,
      action,
      everywhere: reach === "all",
      reach: reach === "all" ? [] : [...reach],
      requestedById,
      requestedAt: now,
    },
  });
  step.audit({
    action: "simulation.start",
    subjectKind: "policy",
    subjectId: policyId,
    nodeId: null,
    detail: { simulationId: id, draftId, revision, rulesHash: hash, days, agentId, action },
  });
  step.notify("simulations", `simulation:${id}`);
  return ok({ id });
});
