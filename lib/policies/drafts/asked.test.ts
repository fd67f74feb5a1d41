import { describe, expect, it } from "vitest";

import { draftFaults, withoutOpenFields } from "@/lib/policies/drafts/faults";
import { draftRuleSchema, type DraftRule } from "@/lib/policies/drafts/schemas";
import { reachOf, type People } from "@/lib/policies/reach";
import type { RuleWorld } from "@/lib/policies/rule-faults";

const people: People = {
  people: ["ana", "ben", "eve"].map((name) => ({ email: `${name}@example.com`, isActive: true })),
  nodes: [
    { slug: "organisation", parent: null },
    { slug: "support", parent: "organisation" },
    { slug: "desk", parent: "support" },
  ],
  roles: [
    { email: "ana@example.com", role: "manager", node: "support" },
    { email: "ben@example.com", role: "reviewer", node: "organisation" },
    { email: "eve@example.com", role: "auditor", node: "organisation" },
  ],
  rotations: [{ slug: "night", members: ["ana@example.com", "ben@example.com", "eve@example.com"] }],
  agents: [{ slug: "desk", owner: "ana@example.com" }],
};
const world: RuleWorld = {
  argsOf: () => null,
  argsMatching: () => [],
  hasAgent: (slug) => slug === "desk",
  hasNode: (slug) => people.nodes.some((node) => node.slug === slug),
  hasPerson: (email) => people.people.some((person) => person.email === email),
  hasRotation: (slug) => slug === "night",
  hasRollback: () => false,
  reach: reachOf(people),
};
const rule = (more: Partial<DraftRule>): DraftRule => ({
  id: "large",
  match: { actions: ["desk.refund"] },
  effect: "escalate",
  ...more,
});
const faults = (more: Partial<DraftRule>) =>
  draftFaults([rule(more)], world).map((fault) => `${fault.path.join(".")}: ${fault.message}`);

describe("whom a draft's rule asks", () => {
  it("is kept as it is written, finished or not; fields that were opened and left empty are not published", () => {
    const written = rule({
      to: ["rotation:night", "who?"],
      // oxlint-disable-next-line unicorn/no-thenable -- the word that manifests use; a list is never called
      then: [{ to: [], after: "" }],
      quorum: 0,
      excludeOwner: false,
    });
    expect(draftRuleSchema.parse(written)).toEqual(written);
    expect(withoutOpenFields(rule({ to: [], onDeadline: "", excludeOwner: false }))).toEqual(rule({}));
  });

  it("names the place of each contact that is none or does not exist", () => {
    expect(faults({ to: ["rotation:night", "role:manager@support", "ana@example.com"] })).toEqual([]);
    expect(faults({ to: ["who?"] })).toEqual([expect.stringMatching(/^to\.0: must be an e-mail address, role:/)]);
    // oxlint-disable-next-line unicorn/no-thenable -- the word that manifests use; a list is never called
    const later = { to: ["rotation:day"], then: [{ to: ["role:admin@nowhere"], after: "5m" }] };
    expect(faults(later)).toEqual(["to.0: there is no rotation day", "then.0.to.0: there is no node nowhere"]);
  });

  it("counts those who may decide, for the agents that the rule is about", () => {
    expect(faults({ to: ["rotation:night"], quorum: 2 })).toEqual([]);
    expect(faults({ to: ["rotation:night"], quorum: 3 })).toEqual([
      "quorum: wants 3 people to agree, and at most 2 people can be asked",
    ]);
    expect(faults({ quorum: 2, excludeOwner: true })).toEqual([
      "quorum: wants 2 people to agree, and at most one person can be asked",
    ]);
    expect(faults({ to: ["ana@example.com"], excludeOwner: true })).toEqual([]);
    expect(faults({ match: { actions: ["desk.refund"], nodes: ["desk"] }, quorum: 2 })).toEqual([]);
  });
});
