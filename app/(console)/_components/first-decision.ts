/**
 * Commands that start a run and ask for one decision, as they are typed into a shell with curl and jq.
 * `action` is one that the agent holds, so that the answer is not a plain denial.
 */
export function firstDecisionCurl(gateUrl: string, secret: string, action = "crm.read_account"): string {
  return `export REMIT_TOKEN='${secret}'

# 1. Start a run. The answer carries its own short-lived token.
RUN=$(curl -s ${gateUrl}/api/v1/runs \\
  -H "Authorization: Bearer $REMIT_TOKEN" \\
  -H "Content-Type: application/json" -H "Idempotency-Key: $(uuidgen)" \\
  -d '{"trigger":{"kind":"manual"}}')

# 2. Ask before acting.
curl -s ${gateUrl}/api/v1/runs/$(echo "$RUN" | jq -r .runId)/decisions \\
  -H "Authorization: Bearer $(echo "$RUN" | jq -r .token)" \\
  -H "Content-Type: application/json" -H "Idempotency-Key: $(uuidgen)" \\
  -d '{"action":"${action}","args":{}}'`;
}
