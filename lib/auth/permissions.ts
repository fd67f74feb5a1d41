/** The roles that a person can hold on a node; each covers the node's subtree. */
export const ROLES = ["admin", "manager", "reviewer", "auditor"] as const;
export type Role = (typeof ROLES)[number];

/** One table for server and browser: which role may do what on the nodes that it covers. */
const HOLDERS = {
  "chart.read": ["admin", "manager", "reviewer", "auditor"],
  "chart.write": ["admin", "manager"],
  "agent.write": ["admin", "manager"],
  "envelope.write": ["admin", "manager"],
  "agent.suspend": ["admin", "manager", "reviewer"],
  "promotion.request": ["admin", "manager"],
  "promotion.decide": ["admin", "manager"],
  "credential.write": ["admin", "manager"],
  "catalogue.read": ["admin", "manager", "reviewer", "auditor"],
  "catalogue.write": ["admin", "manager"],
  "policy.read": ["admin", "manager", "reviewer", "auditor"],
  "policy.write": ["admin", "manager"],
  "run.read": ["admin", "manager", "reviewer", "auditor"],
  "run.halt": ["admin", "manager"],
  "approval.read": ["admin", "manager", "reviewer", "auditor"],
  "approval.decide": ["admin", "manager", "reviewer"],
  "incident.read": ["admin", "manager", "reviewer", "auditor"],
  "incident.open": ["admin", "manager", "reviewer"],
  "incident.write": ["admin", "manager"],
  "measures.read": ["admin", "manager", "auditor"],
  "audit.read": ["admin", "manager", "auditor"],
  "people.read": ["admin", "manager", "reviewer", "auditor"],
  "people.write": ["admin"],
  "organisation.write": ["admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof HOLDERS;

/** Whether a role carries a permission on the nodes that it covers. */
export const roleAllows = (role: Role, permission: Permission): boolean =>
  (HOLDERS[permission] as readonly Role[]).includes(role);
