import { asks, brief, found, type Check } from "@/lib/decisions/finding";
import type { Evidence } from "@/lib/decisions/types";

/**
 * Check 7: is the evidence there that the action requires, is every fact there that a rule needs, and is the agent sure enough?
 * What is missing denies, since the agent can bring it; low confidence asks a person.
 */
export const evidence: Check = ({ action, request, policy, snapshot }) => {
  const given = request.evidence ?? {};
  const missing = (action?.evidence ?? []).filter((kind) => !isGiven(given, kind));
  if (missing.length > 0) {
    const told = `Evidence that this action requires is missing: ${missing.join(", ")}.`;
    return found(
      "evidence",
      "deny",
      "evidence_missing",
      told,
      { required: [...(action?.evidence ?? [])], missing },
      { told },
    );
  }
  if (policy.missing.length > 0) {
    const sources = [...new Set(policy.missing.flatMap((one) => one.source ?? []))].map((source) => brief(source));
    const told = sources.length > 0 ? `Read what this depends on in this run first: ${sources.join(", ")}.` : undefined;
    const rules = policy.missing.slice(0, 20).map((one) => `${one.rule.policy}/${one.rule.rule}`);
    return found(
      "evidence",
      "deny",
      "missing_source",
      "A rule needs a fact that this run has not read.",
      { sources, rules },
      { told },
    );
  }
  const { confidenceFloor, kinds } = snapshot.settings.evidence;
  const { confidence } = given;
  const saw = { required: [...(action?.evidence ?? [])], confidence: confidence ?? null, floor: confidenceFloor };
  // NaN, which JSON can not carry, would compare false: only what is at or above the floor passes.
  if (confidence !== undefined && !(confidence >= confidenceFloor) && (!action || kinds.includes(action.kind))) {
    return asks("evidence", "low_confidence", `The agent's confidence is below ${confidenceFloor}.`, saw, [
      { name: "evidence:low_confidence", to: null, deadlineMs: null },
    ]);
  }
  return found("evidence", "pass", "allowed", "The evidence that is required is there.", saw);
};

/** Evidence counts when it says something: no empty text, no empty list. Kinds that nobody knows are never given. */
function isGiven(given: Evidence, kind: string): boolean {
  switch (kind) {
    case "reason":
      return typeof given.reason === "string" && given.reason.trim() !== "";
    case "confidence":
      return typeof given.confidence === "number" && given.confidence >= 0 && given.confidence <= 1;
    case "sources":
    case "references":
    case "alternatives":
      return Array.isArray(given[kind]) && given[kind].length > 0;
    case "proposedAction":
      return given.proposedAction !== undefined && given.proposedAction !== null;
    default:
      return false;
  }
}
