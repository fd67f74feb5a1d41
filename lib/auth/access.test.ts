import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { subtree, type TreeNode } from "@/lib/agents/tree";
import { accessOf, within } from "@/lib/auth/access";
import { ROLES, roleAllows } from "@/lib/auth/permissions";

const chart: TreeNode[] = [
  { id: "root", parentId: null },
  { id: "support", parentId: "root" },
  { id: "desk", parentId: "support" },
  { id: "finance", parentId: "root" },
];

describe("I12: a person sees only their subtree", () => {
  it("covers the node of a binding and what is below, nothing beside or above", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ROLES),
        fc.constantFrom(...chart),
        fc.constantFrom(...chart),
        (role, bound, asked) => {
          const access = accessOf("p", [{ role, nodeId: bound.id }], chart);
          for (const permission of ["run.read", "approval.decide", "audit.read", "people.write"] as const) {
            expect(access.can(permission, asked.id)).toBe(
              roleAllows(role, permission) && subtree(chart, [bound.id]).has(asked.id),
            );
          }
        },
      ),
    );
  });

  it("gives nothing to a person without a role", () => {
    const access = accessOf("p", [], chart);
    expect(access.canAnywhere("run.read")).toBe(false);
    expect(within(access, "run.read", "agentId")).toEqual({ agentId: { in: [] } });
  });

  it("filters by nothing only for those who hold the root", () => {
    expect(within(accessOf("p", [{ role: "auditor", nodeId: "root" }], chart), "run.read", "agentId")).toEqual({});
    expect(within(accessOf("p", [{ role: "auditor", nodeId: "support" }], chart), "run.read", "agentId")).toEqual({
      agentId: { in: ["support", "desk"] },
    });
  });
});
