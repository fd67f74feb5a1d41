import { expect, it } from "vitest";

import { agentChanges, type AgentDraft } from "@/app/(console)/agents/_edit/agent-changes";
import { EMPTY_BOUNDARY } from "@/lib/agents/boundary";

const before: AgentDraft = {
  name: "Desk",
  ownerId: "ana",
  boundary: { ...EMPTY_BOUNDARY, purpose: "Books flights", systemsRead: ["airline"] },
  rate: { run: "60/m" },
};

it("finds nothing in a form that was only looked at", () => {
  expect(agentChanges(before, structuredClone(before))).toBeNull();
});

it("sends what was changed, and nothing beside it", () => {
  const after = { ...before, boundary: { ...before.boundary, purpose: null, systemsRead: ["airline", "crm"] } };
  expect(agentChanges(before, after)).toEqual({ boundary: { purpose: null, systemsRead: ["airline", "crm"] } });
  const delegates = ["refunds"];
  expect(agentChanges(before, { ...before, boundary: { ...before.boundary, delegates } })).toEqual({
    boundary: { delegates },
  });
  expect(agentChanges(before, { ...before, ownerId: "bob" })).toEqual({ ownerId: "bob" });
});

it("takes a rate away by sending the rates without it", () => {
  expect(agentChanges(before, { ...before, rate: {} })).toEqual({ rate: {} });
  expect(agentChanges(before, { ...before, rate: { run: "60/m", agent: "9/s" } })).toEqual({
    rate: { run: "60/m", agent: "9/s" },
  });
});
