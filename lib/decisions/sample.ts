import type { Request, Usage } from "@/lib/decisions/types";
import type { ActionRow, SnapshotRows } from "@/lib/decisions/rows";
import { argsHash, type Json, type JsonObject } from "@/lib/kernel/json";

/** A small organisation for tests of decisions: a root, a support team with its lead, a desk agent and a junior below it. */
export const NOW = new Date("2026-11-21T12:00:00Z");
export const ids = {
  root: "00000000-0000-7000-8000-000000000001",
  support: "00000000-0000-7000-8000-000000000002",
  desk: "00000000-0000-7000-8000-00000000000a",
  junior: "00000000-0000-7000-8000-00000000000b",
  ana: "00000000-0000-7000-8000-0000000000a1",
  bob: "00000000-0000-7000-8000-0000000000a2",
  eve: "00000000-0000-7000-8000-0000000000a3",
  run: "00000000-0000-7000-8000-0000000000f1",
};

export const action = (id: string, more: Partial<ActionRow> = {}): ActionRow => ({
  id,
  systemId: id.split(".", 1)[0] ?? "",
  title: null,
  kind: "execute",
  reversibility: "reversible",
  impact: "low",
  dataClasses: [],
  args: null,
  evidence: [],
  fact: null,
  retiredAt: null,
  ...more,
});

export const grant = (agentId: string, pattern: string, more: Partial<SnapshotRows["grants"][number]> = {}) => ({
  id: `${agentId}:${pattern}`,
  agentId,
  pattern,
  condition: null,
  expiresAt: null,
  ...more,
});

export const rows = (more: Partial<SnapshotRows> = {}): SnapshotRows => ({
  configuration: { version: 7n, killSwitch: false, killSwitchReason: null, settings: {} },
  people: [
    { id: ids.ana, email: "ana@example.com", name: "Ana", status: "active" },
    { id: ids.bob, email: "bob@example.com", name: "Bob", status: "active" },
    { id: ids.eve, email: "eve@example.com", name: "Eve", status: "active" },
  ],
  bindings: [
    { personId: ids.ana, role: "manager", nodeId: ids.support },
    { personId: ids.bob, role: "admin", nodeId: ids.root },
    { personId: ids.eve, role: "auditor", nodeId: ids.root },
  ],
  nodes: [
    node(ids.root, null, "team", "root"),
    node(ids.support, ids.root, "team", "support", { leadId: ids.ana }),
    node(ids.desk, ids.support, "agent", "desk"),
    node(ids.junior, ids.desk, "agent", "junior"),
  ],
  agents: [
    { id: ids.desk, ownerId: ids.ana, status: "active", tier: "execute", version: 1 },
    { id: ids.junior, ownerId: ids.ana, status: "active", tier: "execute", version: 1 },
  ],
  grants: [grant(ids.desk, "crm.*"), grant(ids.junior, "*")],
  actions: [
    action("crm.read_account", { kind: "read", fact: { key: "args.id", value: "result" } }),
    action("crm.update_account", {
      args: {
        type: "object",
        required: ["id"],
        additionalProperties: false,
        properties: {
          id: { type: "string" },
          amount: { type: "number" },
          count: { type: "integer" },
          note: { type: "string" },
          tags: { type: "array", items: { type: "string" } },
        },
      },
    }),
    action("crm.delete_account", { reversibility: "irreversible", impact: "high" }),
    action("mail.send"),
  ],
  policies: [],
  rotations: [],
  absences: [],
  ...more,
});

export const node = (
  id: string,
  parentId: string | null,
  kind: SnapshotRows["nodes"][number]["kind"],
  slug: string,
  more: Partial<SnapshotRows["nodes"][number]> = {},
): SnapshotRows["nodes"][number] => ({
  id,
  parentId,
  kind,
  slug,
  name: slug,
  suspended: false,
  leadId: null,
  personId: null,
  ...more,
});

export const policyOf = (...rules: Json[]): SnapshotRows["policies"][number] => ({ id: "p", version: 1, rules });

export const NOTHING_USED: Usage = {
  run: {
    decisions: 0,
    denials: 0,
    escalations: 0,
    events: 0,
    inputTokens: 0,
    outputTokens: 0,
    costMicroUsd: 0n,
    unpricedCalls: 0,
  },
};

export const minutesFromNow = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

export function request(
  name: string,
  args: JsonObject = {},
  more: Partial<Omit<Request, "run">> & { run?: Partial<Request["run"]> } = {},
): Request {
  const { run, ...rest } = more;
  return {
    run: {
      id: ids.run,
      agentId: ids.desk,
      status: "running",
      mode: "live",
      depth: 0,
      scope: [],
      startedAt: minutesFromNow(-5),
      leaseUntil: minutesFromNow(1),
      tokenExpiresAt: minutesFromNow(600),
      tokenRevoked: false,
      credentialRevoked: false,
      parents: [],
      onBehalfOf: null,
      trigger: { kind: "manual" },
      instruction: null,
      model: null,
      facts: {},
      dataClasses: [],
      ...run,
    },
    action: name,
    args,
    argsHash: argsHash(name, args).toString("hex"),
    resource: null,
    evidence: null,
    estimate: null,
    ...rest,
  };
}
