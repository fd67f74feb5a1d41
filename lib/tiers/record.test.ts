import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { DEFAULT_CRITERIA } from "@/lib/tiers/criteria";
import { TIERS } from "@/lib/tiers/matrices";
import {
  approvedOf,
  deniedOf,
  isReady,
  lowerTiers,
  nextTier,
  readiness,
  recordSchema,
  successOf,
  type AutonomyRecord,
} from "@/lib/tiers/record";

const record = (more: Partial<AutonomyRecord> = {}): AutonomyRecord => ({
  tier: "prepare",
  version: 3,
  versions: 2,
  since: "2026-01-01T00:00:00.000Z",
  at: "2026-02-01T00:00:00.000Z",
  runs: { succeeded: 96, failed: 2, blocked: 1, halted: 1, lost: 0 },
  decisions: { made: 1000, denied: 10, escalated: 40 },
  approvals: { approved: 38, rejected: 1, expired: 1 },
  incidents: 0,
  ...more,
});

describe("readiness", () => {
  it("is all of it", () => {
    expect(isReady(record(), DEFAULT_CRITERIA)).toBe(true);
    expect(readiness(record(), DEFAULT_CRITERIA).map(({ id, value, met }) => [id, value, met])).toEqual([
      ["minDays", 31, true],
      ["minRuns", 100, true],
      ["minSuccess", 0.96, true],
      ["maxDenied", 0.01, true],
      ["minApproved", 38 / 39, true],
      ["maxIncidents", 0, true],
    ]);
  });

  it.each<[string, Partial<AutonomyRecord>, string]>([
    ["too few days", { at: "2026-01-14T23:59:59.999Z" }, "minDays"],
    ["too few runs", { runs: { succeeded: 49, failed: 0, blocked: 0, halted: 0, lost: 0 } }, "minRuns"],
    ["too many failures", { runs: { succeeded: 90, failed: 6, blocked: 0, halted: 0, lost: 0 } }, "minSuccess"],
    ["too many denials", { decisions: { made: 100, denied: 6, escalated: 0 } }, "maxDenied"],
    ["people said no", { approvals: { approved: 8, rejected: 1, expired: 0 } }, "minApproved"],
    ["an incident", { incidents: 1 }, "maxIncidents"],
  ])("%s stand in the way, and nothing else does", (_, more, id) => {
    const unmet = readiness(record(more), DEFAULT_CRITERIA).filter((criterion) => !criterion.met);
    expect(unmet.map((criterion) => criterion.id)).toEqual([id]);
    expect(isReady(record(more), DEFAULT_CRITERIA)).toBe(false);
  });

  it("an empty record is no record, whatever is asked", () => {
    const nothing = record({
      runs: { succeeded: 0, failed: 0, blocked: 0, halted: 0, lost: 0 },
      decisions: { made: 0, denied: 0, escalated: 0 },
      approvals: { approved: 0, rejected: 0, expired: 3 },
    });
    expect([successOf(nothing), deniedOf(nothing), approvedOf(nothing)]).toEqual([null, null, null]);
    expect(isReady(nothing, { ...DEFAULT_CRITERIA, minDays: 0, minRuns: 0 })).toBe(false);
  });

  it("a better record is never less ready", () => {
    const natural = fc.nat({ max: 500 });
    const any = fc.record({
      runs: fc.record({ succeeded: natural, failed: natural, blocked: natural, halted: natural, lost: natural }),
      decisions: fc.record({ made: natural, denied: natural, escalated: natural }),
      approvals: fc.record({ approved: natural, rejected: natural, expired: natural }),
      incidents: fc.nat({ max: 2 }),
    });
    fc.assert(
      fc.property(any, natural, (more, n) => {
        const made = Math.max(more.decisions.made, more.decisions.denied);
        const one = record({ ...more, decisions: { ...more.decisions, made } });
        expect(recordSchema.safeParse(one).success).toBe(true);
        const better = record({
          runs: { ...one.runs, succeeded: one.runs.succeeded + n },
          decisions: { ...one.decisions, made: one.decisions.made + n },
          approvals: { ...one.approvals, approved: one.approvals.approved + n },
          incidents: Math.max(0, one.incidents - 1),
        });
        if (isReady(one, DEFAULT_CRITERIA)) expect(isReady(better, DEFAULT_CRITERIA)).toBe(true);
      }),
    );
  });
});

describe("the ladder", () => {
  it("goes up by one and down to any", () => {
    expect(TIERS.map(nextTier)).toEqual(["recommend", "prepare", "escalate", "execute", null]);
    expect(lowerTiers("prepare")).toEqual(["recommend", "observe"]);
    expect(lowerTiers("observe")).toEqual([]);
  });
});
