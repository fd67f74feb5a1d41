import { compileArgsSchema } from "@/lib/catalogue/arguments";
import type { Queries } from "@/lib/db/queries";
import { decide } from "@/lib/decisions/decide";
import { questionsOf } from "@/lib/decisions/questions";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import { loadSnapshotRows } from "@/lib/decisions/snapshot-rows";
import type { Decision, Escalation, Snapshot } from "@/lib/decisions/types";
import { argsHash, type Json, type JsonObject } from "@/lib/kernel/json";
import { needsOf } from "@/lib/policies/simulation/configurations";
import { readStoredDecision } from "@/lib/policies/simulation/read-decisions";
import { readRuns } from "@/lib/policies/simulation/read-runs";
import { RunReplay } from "@/lib/policies/simulation/rebuild";
import { withNobodyStopped } from "@/lib/policies/simulation/standing";

/** One thing that edited arguments ask a person beyond what the original ones asked. */
export interface NewQuestion {
  id: string;
  /** Why it is asked, for the person. */
  message: string;
}

/** What edited arguments would come to, were they approved and redeemed now. */
export type EditVerdict =
  | { kind: "fits" }
  /** They do not fit the action's schema. */
  | { kind: "unfit"; message: string; /** JSON pointer of what does not, empty for the whole. */ path: string }
  /** Remit would refuse them whatever a person says. */
  | { kind: "denied"; message: string }
  /** They ask more. `yours`: this person's word can answer it as well, once they have seen it. */
  | { kind: "asks"; questions: NewQuestion[]; yours: boolean };

/** What of an approval the verdict depends on. */
interface Editable {
  id: string;
  decisionId: string;
  runId: string;
  agentId: string;
  action: string;
  approverIds: readonly string[];
  quorum: number;
  /** Of the decision that asked. */
  checks: unknown;
}

/** After every decision of the run that has been made. */
const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/**
 * Decides the run's request with other arguments as it would be decided at redemption: under the configuration in force, with what
 * the run knows now, the approval in hand. That somebody is stopped at the moment, or has used up an envelope or a rate, is left out,
 * since it says nothing of the arguments: obstacles.ts tells the person of it. What the edited arguments ask beyond the original ones
 * is this person's to answer only if they would have been asked it, with as many approvers as this one has, and, where several must
 * approve, so would everybody who may be the others.
 */
export async function judgeEdit(
  queries: Queries,
  approval: Editable,
  args: JsonObject,
  by: string,
  now: Date,
): Promise<EditVerdict> {
  const rows = withNobodyStopped(await loadSnapshotRows(queries));
  const snapshot = compileSnapshot(rows);
  const schema = rows.actions.find((one) => one.id === approval.action)?.args ?? null;
  const unfit = argumentFault(schema, args);
  if (unfit !== null) return { kind: "unfit", ...unfit };

  const stored = await readStoredDecision(queries, approval.decisionId);
  const runs = await readRuns(queries, [approval.runId], needsOf(rows, []), {
    from: new Date(0),
    after: { runId: approval.runId, at: now, id: LAST_ID },
  });
  const past = runs.get(approval.runId);
  if (!stored?.asked || !past) return { kind: "denied", message: "The request can not be read again." };
  const asked = questionsOf(approval.checks);
  const rebuilt = new RunReplay(past, snapshot.actions).rebuild({
    ...stored,
    at: now,
    asked: { ...stored.asked, args },
    argsHash: argsHash(approval.action, args).toString("hex"),
    redeemed: { approvalId: approval.id, askingId: approval.decisionId, questions: asked, overrides: [] },
  });
  if (!rebuilt) return { kind: "denied", message: "The request can not be read again." };
  const decision = decide(snapshot, rebuilt.request, rebuilt.usage, now);
  if (decision.effect === "allow") return { kind: "fits" };
  // Without an escalation nobody can be asked: the person whom the run acts for has to sign in first.
  if (decision.effect === "deny" || !decision.escalation) return { kind: "denied", message: decision.message };
  return {
    kind: "asks",
    questions: newQuestions(snapshot, decision, asked),
    yours: answersToo(approval, decision.escalation, by),
  };
}

/** A rule's question in the rule's own words, any other in those of its check. */
function newQuestions(snapshot: Snapshot, decision: Decision, asked: readonly string[]): NewQuestion[] {
  const rules = new Map(snapshot.rules.map((rule) => [rule.question, rule]));
  return decision.checks.flatMap(({ questions = [], message }) =>
    questions
      .filter((id) => !asked.includes(id))
      .map((id) => {
        const rule = rules.get(id);
        const words = rule && (rule.message ?? `The rule ${rule.policy}/${rule.rule} asks a person to decide.`);
        return { id, message: words ?? message };
      }),
  );
}

function answersToo({ approverIds, quorum }: Editable, escalation: Escalation, by: string): boolean {
  const may = (id: string): boolean => escalation.approverIds.includes(id) && !escalation.excludedIds.includes(id);
  return may(by) && escalation.quorum <= quorum && (quorum === 1 || approverIds.every(may));
}

/** Why arguments do not fit the action, or null. */
function argumentFault(schema: Json, args: JsonObject): { message: string; path: string } | null {
  const compiled = compileArgsSchema(schema);
  const fault = compiled.ok ? compiled.check(args) : { path: "", message: compiled.message };
  if (!fault) return null;
  return {
    path: fault.path,
    message: `The arguments do not fit the action: ${`${fault.path} ${fault.message}`.trim()}.`,
  };
}
