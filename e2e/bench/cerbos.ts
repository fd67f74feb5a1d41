import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "@/lib/db/root";

/** The same rules for Cerbos, with its audit log in a file: what it decides is recorded there, though not synced to disk. */
export function prepareCerbos(home: string, port: number, grpcPort: number): { command: string; args: string[] } {
  const policies = join(home, "policies");
  mkdirSync(policies, { recursive: true });
  writeFileSync(join(policies, "airline.yaml"), POLICY);
  writeFileSync(join(home, "cerbos.yaml"), config(home, policies, port, grpcPort));
  const command = join(ROOT, "node_modules/@cerbos/cerbos-linux-x64/cerbos-linux-x64");
  return { command, args: ["server", `--config=${join(home, "cerbos.yaml")}`] };
}

const config = (home: string, policies: string, port: number, grpcPort: number): string => `
server: {httpListenAddr: "127.0.0.1:${port}", grpcListenAddr: "127.0.0.1:${grpcPort}"}
telemetry: {disabled: true}
storage: {driver: disk, disk: {directory: ${policies}, watchForChanges: false}}
audit: {enabled: true, accessLogsEnabled: false, decisionLogsEnabled: true, backend: file, file: {path: ${join(home, "audit.log")}}}
`;

const POLICY = `
apiVersion: api.cerbos.dev/v1
resourcePolicy:
  resource: airline
  version: default
  rules:
    - {actions: [get_reservation, update_passengers, refund, cancel], effect: EFFECT_ALLOW, roles: [agent], condition: {match: {expr: "P.attr.active && P.attr.tier == 'execute'"}}}
    - {actions: [refund], effect: EFFECT_DENY, roles: [agent], condition: {match: {any: {of: [{expr: R.attr.args.amount > 500.0}, {expr: "!has(R.attr.evidence.reason)"}]}}}}
    - {actions: [update_passengers], effect: EFFECT_DENY, roles: [agent], condition: {match: {expr: size(R.attr.args.passengers) > 9}}}
    - {actions: [cancel], effect: EFFECT_DENY, roles: [agent], condition: {match: {expr: "!R.attr.approved"}}}
`;

/** A request of ours as Cerbos takes it. */
export function cerbosRequest(request: { action: string; args: object; evidence?: object }, n: number): string {
  return JSON.stringify({
    requestId: String(n),
    principal: { id: "desk-1", roles: ["agent"], attr: { active: true, tier: "execute" } },
    resources: [
      {
        actions: [request.action.split(".")[1]],
        resource: {
          kind: "airline",
          id: String(n),
          attr: { args: request.args, evidence: request.evidence ?? {}, approved: false },
        },
      },
    ],
  });
}
