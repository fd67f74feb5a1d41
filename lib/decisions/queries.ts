import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import type { Db } from "@/lib/db/client";
import type { ActionLabel, DecisionDetail, RuleText } from "@/lib/decisions/decision-detail";
import { evidenceView } from "@/lib/decisions/evidence-view";
import { ruleTexts, type PublishedRules } from "@/lib/decisions/rule-texts";
import { storedChecks, type StoredCheck } from "@/lib/decisions/stored-checks";
import { actionTitle, targetOf } from "@/lib/decisions/words";
import { isId } from "@/lib/kernel/ids";
import type { Json, JsonObject } from "@/lib/kernel/json";

/** An action in words: its title in the catalogue, else its id made readable. */
export async function titleOfAction(db: Db, id: string): Promise<string> {
  const known = await db.action.findUnique({ where: { id }, select: { title: true } });
  return actionTitle(id, known?.title ?? null);
}

/** What a decision is about, in words; null as getDecision, which asks for much more. */
export async function decisionTitle(viewer: Viewer, id: string): Promise<string | null> {
  if (!isId(id)) return null;
  const decision = await viewer.db.decision.findFirst({
    where: { id, ...within(viewer.access, "run.read", "agentId") },
    select: { action: true },
  });
  return decision && (await titleOfAction(viewer.db, decision.action));
}

/** Everything that is known of one decision; null when the viewer does not see its agent (I12), or there is none. */
export async function getDecision(viewer: Viewer, id: string): Promise<DecisionDetail | null> {
  if (!isId(id)) return null;
  const { db } = viewer;
  const row = await db.decision.findFirst({
    where: { id, ...within(viewer.access, "run.read", "agentId") },
    select: {
      id: true,
      runId: true,
      agentId: true,
      action: true,
      args: true,
      argsHash: true,
      resource: true,
      evidence: true,
      estimate: true,
      effect: true,
      code: true,
      message: true,
      checks: true,
      mode: true,
      configVersion: true,
      latencyUs: true,
      at: true,
      reviewDeadline: true,
      redeemedApprovalId: true,
      approval: { select: { id: true } },
    },
  });
  if (!row) return null;
  const checks = storedChecks(row.checks as Json);
  const [agent, action, rules, record] = await Promise.all([
    db.node.findUniqueOrThrow({ where: { id: row.agentId }, select: { id: true, slug: true, name: true } }),
    actionLabel(db, row.action),
    rulesOf(db, checks),
    recordOf(viewer, row),
  ]);
  const {
    approval,
    agentId: _agentId,
    args,
    resource,
    evidence,
    estimate,
    argsHash,
    configVersion,
    at,
    reviewDeadline,
    ...rest
  } = row;
  return {
    ...rest,
    agent,
    action,
    target: targetOf(resource as Json, args as Json),
    args: objectOf(args as Json),
    argsHash: Buffer.from(argsHash).toString("hex"),
    resource: resource as Json,
    evidence: evidenceView(evidence as Json),
    estimate: estimateOf(estimate as Json),
    checks,
    rules,
    configVersion: configVersion.toString(),
    at: at.toISOString(),
    reviewDeadline: reviewDeadline?.toISOString() ?? null,
    approvalId: approval?.id ?? null,
    record,
  };
}

async function actionLabel(db: Db, id: string): Promise<ActionLabel> {
  const known = await db.action.findUnique({
    where: { id },
    select: {
      title: true,
      description: true,
      kind: true,
      reversibility: true,
      impact: true,
      dataClasses: true,
      rollback: true,
      system: { select: { name: true } },
    },
  });
  if (!known) {
    const unknown = {
      description: null,
      system: null,
      kind: null,
      reversibility: null,
      impact: null,
      dataClasses: [],
      rollback: null,
    };
    return { id, title: actionTitle(id, null), ...unknown };
  }
  return { ...known, id, title: actionTitle(id, known.title), system: known.system.name };
}

/** The published text of the rules that the trace names, each in the version that spoke. */
async function rulesOf(db: Db, checks: readonly StoredCheck[]): Promise<RuleText[]> {
  const named = checks.flatMap((check) => check.rules);
  if (named.length === 0) return [];
  const versions: PublishedRules[] = await db.policyVersion.findMany({
    where: { OR: distinctVersions(named).map(({ policy, version }) => ({ policyId: policy, number: version })) },
    select: { policyId: true, number: true, rules: true, policy: { select: { name: true } } },
  });
  return ruleTexts(named, versions);
}

function distinctVersions(
  named: readonly { policy: string; version: number }[],
): { policy: string; version: number }[] {
  return [...new Map(named.map((one) => [`${one.policy}@${one.version}`, one])).values()];
}

async function recordOf(
  { db, access }: Viewer,
  decision: { id: string; agentId: string },
): Promise<DecisionDetail["record"]> {
  const record = await db.auditRecord.findFirst({
    where: { subjectId: decision.id, subjectKind: "decision" },
    orderBy: { at: "asc" },
    select: { stream: true, seq: true, hash: true },
  });
  return (
    record && {
      stream: record.stream,
      seq: record.seq.toString(),
      hash: Buffer.from(record.hash).toString("hex"),
      mayOpen: access.can("audit.read", decision.agentId),
    }
  );
}

const objectOf = (value: Json): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : { value };

function estimateOf(stored: Json): DecisionDetail["estimate"] {
  if (stored === null || typeof stored !== "object" || Array.isArray(stored)) return null;
  const { costUsd, tokens } = stored;
  const known = {
    costUsd: typeof costUsd === "number" ? costUsd : null,
    tokens: typeof tokens === "number" ? tokens : null,
  };
  return known.costUsd === null && known.tokens === null ? null : known;
}
