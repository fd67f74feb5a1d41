/**
 * Every code that a decision can answer with, and what an agent is told. Agents see a code and its message, nothing else;
 * codes are stable, the set is closed. A rule's own message replaces the default one. So are the messages: a record of the audit that
 * says of none vouches for its code's (lib/audit/context-hash.ts).
 */
export const DECISION_CODES = {
  allowed: "Allowed.",
  allowed_with_review: "Allowed. A person reviews it afterwards.",
  approved: "Allowed: a person approved exactly this action.",

  // identity
  everything_halted: "All agents are halted.",
  subtree_suspended: "This part of the organisation is suspended.",
  agent_unknown: "This agent is not known.",
  agent_suspended: "This agent is suspended.",
  agent_retired: "This agent is retired.",
  credential_revoked: "The credential that started this run is revoked.",
  token_expired: "The run's token has expired.",
  token_revoked: "The run's token is revoked.",
  run_ended: "This run has ended.",
  run_lease_lost: "This run lost its lease: no heartbeat arrived in time.",
  delegation_ended: "The run that delegated to this one may no longer act.",

  // catalogue
  unclassified: "This action is not in the catalogue. A person decides.",
  action_retired: "This action is retired.",
  args_invalid: "The arguments do not fit the action.",

  // authority
  not_granted: "This action is not granted to the agent.",

  // tier
  tier_denies: "The agent's tier does not include this kind of action.",
  tier_escalates: "The agent's tier asks a person before this kind of action.",

  // rate
  rate_limited: "Too many requests. Ask again later.",

  // budget
  budget_exceeded: "What may be spent on this is used up.",

  // evidence
  evidence_missing: "Evidence that this action requires is missing.",
  low_confidence: "The stated confidence is low. A person decides.",
  missing_source: "A source that a rule needs has not been read in this run.",

  // policy
  policy_denied: "A policy denies this.",
  policy_conflict: "Policies contradict each other about this. The agent's owner is told.",
  policy_escalates: "A policy asks a person.",
  reauthentication_required: "The person whom this is done for must sign in again first.",
  policy_error: "A policy could not be evaluated on this request.",

  // reversibility
  irreversible: "This can not be undone well enough to go ahead unasked. A person decides.",

  // approval
  approval_unknown: "There is no such approval.",
  approval_mismatch: "The approval is for another run, action, resource or other arguments.",
  approval_pending: "The approval is still waiting for a person.",
  approval_rejected: "A person rejected this.",
  approval_expired: "Nobody decided in time.",
  approval_cancelled: "The approval was cancelled.",
  approval_lapsed: "The approval was not used in time.",
  approval_redeemed: "The approval has been used already.",
} as const;

export type DecisionCode = keyof typeof DECISION_CODES;

/** What an agent is told by default. */
export const publicMessage = (code: DecisionCode): string => DECISION_CODES[code];

/** Whether a text, for example from the store, is a code of this version. */
export const isDecisionCode = (text: string): text is DecisionCode => Object.hasOwn(DECISION_CODES, text);
