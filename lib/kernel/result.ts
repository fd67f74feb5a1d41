/** A refused or impossible request. `code` is stable and machine-readable; `message` is for people and never carries internals. */
export interface RemitError {
  code: ErrorCode;
  message: string;
  /** Path of the offending input, e.g. `chart[0].children[2].owner`. */
  field?: string;
}

/** The closed set of codes that commands and queries answer with. A decision's codes are in lib/decisions/codes.ts. */
export type ErrorCode =
  | "invalid_input"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "too_large"
  | "too_many_requests"
  | "idempotency_conflict"
  | "token_invalid"
  | "token_expired"
  | "token_revoked"
  | "credential_revoked"
  | "agent_suspended"
  | "agent_retired"
  | "run_ended"
  | "run_lease_lost"
  | "scope_exceeds_parent"
  | "delegation_not_allowed"
  | "chart_cycle"
  | "chart_second_root"
  | "approval_not_pending"
  | "appeal_not_pending"
  | "appeal_exists"
  | "not_denied"
  | "not_appealable"
  | "run_shadow"
  | "approval_not_yours"
  | "review_not_waiting"
  | "review_not_yours"
  | "rollback_impossible"
  | "task_ended"
  | "task_lease_lost"
  /** High risk: open the evidence, wait, and confirm what is shown. */
  | "confirmation_required"
  /** The arguments or what they ask are not those that the person saw. */
  | "approval_changed"
  /** The edited arguments would be denied. */
  | "edit_denied"
  /** The edited arguments ask something that this approval does not answer yet. */
  | "needs_more"
  | "already_voted"
  | "undo_too_late"
  | "not_low_risk"
  | "assignee_may_not_decide"
  | "question_answered"
  /** The audit record no longer is what a checkpoint was signed over. */
  | "record_contradicted"
  | "demo_needs_empty"
  | "demo_only"
  | "setup_done"
  | "unavailable"
  | "internal";

export type Result<T> = { ok: true; value: T } | { ok: false; error: RemitError };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(code: ErrorCode, message: string, field?: string): { ok: false; error: RemitError } {
  return { ok: false, error: field === undefined ? { code, message } : { code, message, field } };
}
