import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { decide } from "@/lib/decisions/decide";
import { ids, NOTHING_USED, policyOf, request, rows } from "@/lib/decisions/sample";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import { inZone } from "@/lib/kernel/zone";
import { compileCondition } from "@/lib/policies/cel/condition";
import { refill } from "@/lib/policies/cel/meter";
import { UNTYPED } from "@/lib/policies/cel/typing";
import { CelOrganisation } from "@/lib/policies/cel/variables";

function holds(text: string, at: string | Date, timeZone = "UTC", args: object = {}): boolean | string {
  const compiled = compileCondition(text, UNTYPED);
  if (!compiled.ok) return `${compiled.fault.line}:${compiled.fault.column} ${compiled.fault.message}`;
  refill();
  const outcome = compiled.program.run({ now: new Date(at), organisation: new CelOrganisation(timeZone), args });
  return outcome.kind === "value" ? outcome.value : outcome.message;
}

const OFFICE = `now.getDayOfWeek("Europe/Berlin") in [1, 2, 3, 4, 5]
  && now.getHours("Europe/Berlin") >= 9 && now.getHours("Europe/Berlin") < 17`;

describe("a clock in a zone", () => {
  it.each([
    // A Friday: 09:00 in Berlin is 08:00 UTC in winter, 07:00 in summer.
    ["2026-11-20T07:59:59Z", false],
    ["2026-11-20T08:00:00Z", true],
    ["2026-11-20T15:59:59Z", true],
    ["2026-11-20T16:00:00Z", false],
    ["2026-07-17T06:59:59Z", false],
    ["2026-07-17T07:00:00Z", true],
    ["2026-11-21T12:00:00Z", false],
    // Saturday in UTC still, Sunday elsewhere.
    ["2026-11-22T23:30:00Z", false],
  ])("office hours at %s: %s", (at, open) => expect(holds(OFFICE, at)).toBe(open));

  it.each([
    "now.getFullYear('Asia/Tokyo') == 2027",
    "now.getMonth('Asia/Tokyo') == 0",
    "now.getDate('Asia/Tokyo') == 1 && now.getDayOfMonth('Asia/Tokyo') == 0",
    "now.getDayOfYear('Asia/Tokyo') == 0 && now.getDayOfYear('UTC') == 364",
    "now.getDayOfWeek('Asia/Tokyo') == 5",
    "now.getHours('Asia/Tokyo') == 4 && now.getMinutes('Asia/Kolkata') == 45",
    "now.getSeconds('Asia/Tokyo') == 30 && now.getMilliseconds('Asia/Tokyo') == 250",
    "now.getHours('+02:30') == 21 && now.getHours() == 19",
    "now.getHours(organisation.timeZone) == 20 && organisation.timeZone == 'Europe/Berlin'",
  ])("%s", (text) => expect(holds(text, "2026-12-31T19:15:30.250Z", "Europe/Berlin")).toBe(true));

  it.each([
    ['now.getHours("Mars/Phobos") > 8', '1:14 there is no time zone "Mars/Phobos"'],
    ['true &&\n  now.getDayOfWeek("Berlin") == 1', '2:20 there is no time zone "Berlin"'],
    ["now.getHours(args.zone) > 8", "1:14 a time zone is written out"],
    ["now.getHours(agent.slug) > 8", "1:14 a time zone is written out"],
    ["now.getHours(args.organisation) > 8", "1:14 a time zone is written out"],
    ["now.getHours(1) > 8", "1:14 a time zone is written out"],
    ["now.getHoursInZone('Mars/Phobos') > 8", '1:20 there is no time zone "Mars/Phobos"'],
    ["now.getHours(organisation.zone) > 8", "1:"],
  ])("%s is refused at its place", (text, fault) => expect(holds(text, new Date())).toContain(fault));

  it("agrees with the zone's calendar through its changes", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"),
        fc.date({ min: new Date("2026-01-01"), max: new Date("2027-12-31"), noInvalidDate: true }),
        (zone, at) => {
          const local = inZone(at, zone);
          const text = `now.getHours("${zone}") == ${local.getUTCHours()} && now.getDayOfWeek("${zone}") == ${local.getUTCDay()}`;
          expect(holds(text, at)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("is paid for in loops: what asks for it too often is an error", () => {
    const text = 'args.list.all(a, args.list.all(b, now.getHours("Europe/Berlin") >= 0))';
    const list = Array.from({ length: 100 }, (_, index) => index);
    expect(holds(text, new Date(), "UTC", { list })).toContain("loop too often");
    expect(holds(text.replace(/now.*0/, "true"), new Date(), "UTC", { list })).toBe(true);
  });
});

describe("the organisation's own zone", () => {
  const closed = {
    id: "closed",
    match: { actions: ["crm.update_account"] },
    when: "now.getHours(organisation.timeZone) < 9 || now.getHours(organisation.timeZone) >= 17",
    effect: "deny",
    message: "Between nine and five.",
  };
  it.each([
    ["UTC", "2026-11-20T08:30:00Z", "deny"],
    ["Europe/Berlin", "2026-11-20T08:30:00Z", "allow"],
    ["Europe/Berlin", "2026-11-20T16:00:00Z", "deny"],
  ])("%s at %s: %s", (timeZone, at, effect) => {
    const configuration = { ...rows().configuration, settings: { timeZone } };
    const snapshot = compileSnapshot(rows({ configuration, policies: [policyOf(closed)] }));
    const now = new Date(at);
    const run = {
      startedAt: now,
      leaseUntil: new Date(now.getTime() + 60_000),
      tokenExpiresAt: new Date(now.getTime() + 60_000),
    };
    const asked = request("crm.update_account", { id: ids.desk }, { run });
    expect(decide(snapshot, asked, NOTHING_USED, now).effect).toBe(effect);
  });
});
