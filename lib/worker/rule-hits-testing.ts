/** The policy check of a stored trace, as the gate writes it. */
export const policyTrace = (
  ...rules: { policy?: string; rule: string; effect?: string; matched?: boolean; error?: string }[]
) => [
  { check: "identity", outcome: "pass", code: "allowed", message: "It is known.", saw: {} },
  {
    check: "policy",
    outcome: "deny",
    code: "policy_denied",
    message: "A rule denies it.",
    saw: {},
    rules: rules.map((one) => ({ policy: "refunds", version: 1, effect: "deny", matched: true, ...one })),
  },
];
