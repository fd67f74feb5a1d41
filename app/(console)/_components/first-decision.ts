import type { EffectiveAction } from "@/lib/agents/effective";

/** The action to try first: one that is simply allowed, else one that is asked for, else the first; null when the agent holds none. */
export function actionToTry(actions: readonly Pick<EffectiveAction, "id" | "kind" | "effect">[]): string | null {
  const reads = actions.filter((action) => action.kind === "read" && action.effect === "allow");
  return (reads[0] ?? actions.find((action) => action.effect !== "deny") ?? actions[0])?.id ?? null;
}

/** Commands that start a run and ask for one decision, for a shell with curl; they work as they stand but for the secret. */
export function firstDecisionCurl(gateUrl: string, secret: string, action: string): string {
  return `export REMIT_CREDENTIAL='${secret}'

# 1. Start a run. The answer carries its id and its own short-lived token.
RUN=$(curl -s ${gateUrl}/api/v1/runs \\
  -H "Authorization: Bearer $REMIT_CREDENTIAL" \\
  -H "Content-Type: application/json" \\
  -d '{"trigger":{"kind":"manual"}}')
RUN_ID=$(echo "$RUN" | sed 's/.*"runId":"\\([^"]*\\)".*/\\1/')
RUN_TOKEN=$(echo "$RUN" | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')

# 2. Ask before acting.
curl -s ${gateUrl}/api/v1/runs/$RUN_ID/decisions \\
  -H "Authorization: Bearer $RUN_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"action":"${action}","args":{}}'`;
}
