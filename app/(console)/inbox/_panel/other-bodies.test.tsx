import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import { ConflictPanel } from "@/app/(console)/inbox/_panel/conflict-panel";
import { PromotionPanel } from "@/app/(console)/inbox/_panel/promotion-panel";

const AT = "2026-11-21T09:00:00.000Z";
const agent = { id: "a", slug: "desk", name: "Desk" };
const shared = {
  itemKey: "conflict:1",
  viewer: { id: "v", name: "Vera" },
  level: 2 as const,
  onLeave: () => undefined,
  onReturn: () => undefined,
};

describe("what is no request, in the panel", () => {
  const conflict = {
    id: "1",
    agent,
    allowRule: "support/small",
    denyRule: "money/never",
    action: "desk.refund",
    times: 3,
    firstAt: AT,
    lastAt: AT,
    lastDecisionId: "d",
    resolvedAt: null,
    resolvedBy: null,
    note: null,
    mayResolve: true,
  };

  it("a conflict names both rules, leads to their policies, and is resolved in place by who may", () => {
    const html = renderToStaticMarkup(<ConflictPanel {...shared} data={conflict} />);
    expect(html).toContain('href="/policies/support"');
    expect(html).toContain('href="/policies/money"');
    expect(html).toContain("Resolve");
    const other = renderToStaticMarkup(<ConflictPanel {...shared} data={{ ...conflict, mayResolve: false }} />);
    expect(other).not.toContain("Resolve");
  });

  it("a promotion shows its step, its record, and the answers to who may give them", () => {
    const promotion = {
      id: "1",
      agent: { ...agent, version: 3, tier: "recommend" as const },
      fromTier: "recommend" as const,
      toTier: "prepare" as const,
      state: "pending" as const,
      agentVersion: 3,
      record: null,
      criteria: [{ id: "minRuns" as const, value: 12, wanted: 20, met: false }],
      requestedBy: "Ana",
      reason: "It did well.",
      requestedAt: AT,
      decidedBy: null,
      decidedAt: null,
      comment: null,
      may: { decide: true, withdraw: false },
      excluded: null,
    };
    const html = renderToStaticMarkup(<PromotionPanel {...shared} data={promotion} />);
    expect(html).toContain("It did well.");
    expect(html).toContain("1 of 1 criteria not met");
    expect(html).toContain("Approve");
    const other = { ...promotion, may: { decide: false, withdraw: false } };
    expect(renderToStaticMarkup(<PromotionPanel {...shared} data={other} />)).not.toContain("Approve");
  });
});
