import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { CHANNELS, choicesFrom, clockOf, minuteOf, PACES, type Channel } from "@/lib/notify/choices";
import { CHOICE_IDS, choiceIdOf, isUrgentChoice, KIND_WORDS, kindOf, NOTICE_KINDS } from "@/lib/notify/kinds";
import { planNotice, type Listener } from "@/lib/notify/plan";
import { isQuiet } from "@/lib/notify/times";

const NOON = new Date("2026-11-21T12:20:00Z");
const NIGHT = new Date("2026-11-21T23:20:00Z");
const night = { from: 22 * 60, to: 7 * 60 };

const listener = (own: Partial<Listener> & { stored?: unknown } = {}): Listener => ({
  choices: choicesFrom(own.stored),
  quiet: null,
  digestAt: 480,
  zone: "UTC",
  reachable: new Set<Channel>(CHANNELS),
  ...own,
});

describe("who gets what when", () => {
  it("by default: what is urgent everywhere at once, the rest by mail, reports with the day's digest", () => {
    const urgent = planNotice({ kind: "approval.due_soon", urgent: true }, listener({ quiet: night }), NIGHT);
    expect(urgent).toEqual({
      inApp: true,
      messages: [
        { channel: "email", dueAt: NIGHT, digest: false },
        { channel: "chat", dueAt: NIGHT, digest: false },
      ],
    });
    const asked = planNotice({ kind: "approval.asked", urgent: false }, listener(), NOON);
    expect(asked.messages).toEqual([{ channel: "email", dueAt: NOON, digest: false }]);
    const report = planNotice({ kind: "report.unused_grants", urgent: false }, listener(), NOON);
    expect(report.messages).toEqual([{ channel: "email", dueAt: new Date("2026-11-22T08:00:00Z"), digest: true }]);
  });

  it("keeps what can wait to the end of quiet hours, in one message", () => {
    const asked = planNotice({ kind: "approval.asked", urgent: false }, listener({ quiet: night }), NIGHT);
    expect(asked.messages).toEqual([{ channel: "email", dueAt: new Date("2026-11-22T07:00:00Z"), digest: true }]);
  });

  it("chooses separately for the urgent part of a kind", () => {
    const stored = { "approval.asked": { channels: [], pace: "daily" } };
    expect(planNotice({ kind: "approval.asked", urgent: false }, listener({ stored }), NOON)).toEqual({
      inApp: false,
      messages: [],
    });
    expect(planNotice({ kind: "approval.asked", urgent: true }, listener({ stored }), NOON).messages).toHaveLength(2);
  });

  const anyChoice = fc.record({
    channels: fc.uniqueArray(fc.constantFrom(...CHANNELS)),
    pace: fc.constantFrom(...PACES),
  });
  const anyListener = fc.record({
    choices: fc
      .tuple(...CHOICE_IDS.map(() => anyChoice))
      .map((all) => choicesFrom(Object.fromEntries(CHOICE_IDS.map((id, index) => [id, all[index]])))),
    quiet: fc.option(
      fc
        .record({ from: fc.integer({ min: 0, max: 1439 }), to: fc.integer({ min: 0, max: 1439 }) })
        .filter((one) => one.from !== one.to),
    ),
    digestAt: fc.integer({ min: 0, max: 1439 }),
    zone: fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kathmandu"),
    reachable: fc
      .uniqueArray(fc.constantFrom(...CHANNELS))
      .map((all): ReadonlySet<Channel> => new Set([...all, "app"])),
  });
  const notice = fc.record({ kind: fc.constantFrom(...NOTICE_KINDS), urgent: fc.boolean() });
  const now = fc.date({
    min: new Date("2026-01-01T00:00:00Z"),
    max: new Date("2027-01-01T00:00:00Z"),
    noInvalidDate: true,
  });

  it("urgent is never late and never lost; nothing else is sent in quiet hours; nothing goes where nobody chose", () => {
    fc.assert(
      fc.property(notice, anyListener, now, (told, person, at) => {
        const plan = planNotice(told, person, at);
        const { channels } = person.choices[choiceIdOf(told.kind, told.urgent)];
        for (const message of plan.messages) {
          expect(channels).toContain(message.channel);
          expect(person.reachable.has(message.channel)).toBe(true);
          expect(message.dueAt.getTime()).toBeGreaterThanOrEqual(at.getTime());
          if (told.urgent) expect(message).toMatchObject({ dueAt: at, digest: false });
          else if (person.quiet) expect(isQuiet(message.dueAt, person.quiet, person.zone)).toBe(false);
        }
        if (told.urgent) expect(plan.inApp || plan.messages.length > 0).toBe(true);
        if (channels.includes("app")) expect(plan.inApp).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("choices", () => {
  it("every kind has its own, the urgent part of one first", () => {
    expect(new Set(CHOICE_IDS.map(kindOf))).toEqual(new Set(NOTICE_KINDS));
    expect(CHOICE_IDS.filter(isUrgentChoice)).toEqual([
      "approval.asked!",
      "approval.due_soon",
      "approval.unanswered",
      "approval.assigned!",
      "approval.answered!",
      "review.unanswered",
      "incident.opened!",
      "envelope.used_up!",
    ]);
    for (const kind of NOTICE_KINDS)
      expect(KIND_WORDS[kind].urgency === "sometimes").toBe("urgentWhen" in KIND_WORDS[kind]);
  });

  it("what cannot be read counts as not chosen", () => {
    expect(choicesFrom({ "approval.asked": { channels: ["pigeon"], pace: "now" } })).toEqual(choicesFrom(undefined));
    expect(choicesFrom("nonsense")).toEqual(choicesFrom({}));
  });

  it("times of day are written and read", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1439 }), (of) => minuteOf(clockOf(of)) === of));
    expect([minuteOf("24:00"), minuteOf("7:30"), minuteOf("")]).toEqual([null, null, null]);
  });
});
