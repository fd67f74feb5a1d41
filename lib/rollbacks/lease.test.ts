import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { reportVerdict, type TaskRecord, type TaskReport } from "@/lib/rollbacks/lease";

const running: TaskRecord = { via: "task", state: "running", attempts: 2 };

describe("a report about a task", () => {
  it.each<[Partial<TaskRecord>, TaskReport, string]>([
    [{}, { outcome: "done", attempt: 2 }, "ends"],
    [{}, { outcome: "failed", attempt: 2 }, "ends"],
    [{}, { outcome: "done", attempt: 1 }, "ends"],
    [{}, { outcome: "failed", attempt: 1 }, "lease_lost"],
    [{}, { outcome: "done", attempt: 3 }, "no_such_attempt"],
    [{ state: "waiting", attempts: 0 }, { outcome: "done", attempt: 1 }, "not_fetched"],
    [{ state: "done" }, { outcome: "done", attempt: 1 }, "repeat"],
    [{ state: "done" }, { outcome: "failed", attempt: 2 }, "ended"],
    [{ state: "failed" }, { outcome: "failed", attempt: 2 }, "repeat"],
    [{ state: "cancelled" }, { outcome: "done", attempt: 2 }, "ended"],
    [{ via: "webhook" }, { outcome: "failed", attempt: 1 }, "ends"],
    [{ via: "webhook", state: "waiting" }, { outcome: "done", attempt: 2 }, "ends"],
  ])("%j, %j: %s", (task, report, verdict) => {
    expect(reportVerdict({ ...running, ...task }, report)).toBe(verdict);
  });

  it("ends a task once, whatever is reported how often by whom", () => {
    const report = fc.record({
      outcome: fc.constantFrom("done" as const, "failed" as const),
      attempt: fc.integer({ min: 1, max: 5 }),
    });
    const step = fc.oneof(report, fc.constant("fetched" as const));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let task: TaskRecord = { via: "task", state: "waiting", attempts: 0 };
        let ends = 0;
        for (const one of steps) {
          const open = task.state === "waiting" || task.state === "running";
          if (one === "fetched") {
            if (open) task = { ...task, state: "running", attempts: task.attempts + 1 };
          } else if (reportVerdict(task, one) === "ends") {
            expect(open).toBe(true);
            task = { ...task, state: one.outcome };
            ends += 1;
          }
        }
        expect(ends).toBeLessThanOrEqual(1);
      }),
    );
  });
});
