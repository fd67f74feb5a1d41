import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { EMPTY_BOUNDARY } from "@/lib/agents/boundary";
import { actionFields } from "@/lib/catalogue/inputs";
import { checkManifest } from "@/lib/manifest/check";
import type { Current, CurrentNode } from "@/lib/manifest/current";
import { manifestText } from "@/lib/manifest/export";
import { parseManifest } from "@/lib/manifest/parse";
import { plan } from "@/lib/manifest/plan";
import { SHIFT_UNITS } from "@/lib/rotations/on-call";

const NOW = new Date("2026-11-21T12:00:00Z");

/** Texts that YAML could take for something else. */
const text = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
    fc.constantFrom(
      "yes",
      "null",
      "1e3",
      "- x",
      "a: b",
      "#",
      "'",
      '"',
      "2026-01-01",
      "{}",
      "|",
      "tab\there",
      "two\nlines",
    ),
  )
  .map((one) => one.trim())
  .filter((one) => one !== "");
const maybe = fc.option(text, { nil: null });
const words = fc.array(text, { maxLength: 3 });

const agentPart = fc.record({
  tier: fc.constantFrom("observe", "prepare", "execute"),
  purpose: maybe,
  model: maybe,
  systemsRead: words,
  neverData: words,
  hash: fc.option(fc.constant("ab".repeat(32)), { nil: null }),
  usd: fc.option(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { nil: null }),
  status: fc.constantFrom("active", "suspended"),
  grants: fc.uniqueArray(fc.constantFrom("*", "crm.*", "crm.read_*", "crm.write"), { maxLength: 4 }),
  condition: fc.option(fc.constantFrom('action.kind == "read"', "usage.run.decisions < 3"), { nil: null }),
  expires: fc.option(fc.constant("2031-05-06T07:08:09.123Z"), { nil: null }),
});

const nodePart = fc.record({
  kind: fc.constantFrom("team", "agent"),
  parent: fc.nat(),
  name: text,
  suspended: fc.boolean(),
  lead: fc.boolean(),
  agent: agentPart,
});
type NodePart = typeof nodePart extends fc.Arbitrary<infer T> ? T : never;

const PERSON = "ana@example.com";
const slugs = (index: number): string => (index < 0 ? "organisation" : `n${index}`);

function nodeOf(part: NodePart, index: number): CurrentNode {
  const { agent, name } = part;
  const parent = index === 0 ? -1 : (part.parent % (index + 1)) - 1;
  const place = {
    id: `id${index}`,
    slug: slugs(index),
    parent: slugs(parent),
    position: index,
    name,
    suspended: part.suspended,
    envelope: agent.usd === null ? {} : { day: { usd: agent.usd } },
  };
  if (part.kind === "team") return { ...place, is: { kind: "team", lead: part.lead ? PERSON : null } };
  const { tier, purpose, model, systemsRead, neverData, hash: instructionsHash } = agent;
  return {
    ...place,
    is: {
      kind: "agent",
      owner: PERSON,
      status: agent.status,
      rate: agent.usd === null ? { run: "60/m" } : { agent: "unlimited" },
      boundary: { ...EMPTY_BOUNDARY, name, tier, purpose, model, systemsRead, neverData, instructionsHash },
      grants: agent.grants.map((pattern, at) => {
        return { id: `g${at}`, pattern, condition: agent.condition, expiresAt: agent.expires };
      }),
    },
  };
}

const current: fc.Arbitrary<Current> = fc
  .record({
    nodes: fc.array(nodePart, { maxLength: 8 }),
    names: fc.tuple(text, text, text),
    title: maybe,
    disabled: fc.boolean(),
    reviewMinutes: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
    message: fc.option(text, { nil: undefined }),
    shiftUnit: fc.constantFrom(...SHIFT_UNITS),
    shiftLength: fc.integer({ min: 1, max: 1_000 }),
  })
  .map(({ nodes, names: [organisation, person, system], title, disabled, reviewMinutes, message, ...shift }) => {
    const chart = nodes.map(nodeOf);
    const [first] = chart;
    return {
      rootId: "root",
      envelope: { month: { usd: 900, calls: 5 } },
      organisation,
      settings: reviewMinutes === undefined ? {} : { reviewMinutes },
      people: [
        {
          id: "p",
          email: PERSON,
          name: person,
          timeZone: "Europe/Berlin",
          disabled,
          roles: first ? [{ role: "manager" as const, node: first.slug }] : [],
        },
      ],
      nodes: chart,
      systems: [{ id: "crm", name: system, description: title }],
      actions: ["crm.read_one", "crm.write"].map((id) => {
        const fields = actionFields.parse({ kind: "read", title, args: { type: "object" }, dataClasses: ["pii"] });
        return { id, systemId: "crm", retired: false, fields };
      }),
      rotations: [
        {
          id: "r",
          slug: "night",
          name: system,
          node: first?.slug ?? "organisation",
          members: [PERSON],
          ...shift,
          handover: "21:30",
          zone: "Europe/Berlin",
          startsOn: "2026-11-23",
        },
      ],
      policies: [
        {
          id: "p",
          name: system,
          inForce: true,
          rules: [
            {
              id: "r",
              match: { actions: ["crm.write"] },
              effect: "deny" as const,
              ...(message !== undefined && { message }),
            },
            {
              id: "s",
              match: { actions: ["crm.write"] },
              effect: "escalate" as const,
              to: ["rotation:night"],
              // oxlint-disable-next-line unicorn/no-thenable -- the word that manifests use; a list is never called
              then: [{ to: ["role:manager@organisation"], after: "10m" }],
              onDeadline: "deny" as const,
            },
          ],
        },
      ],
    };
  });

describe("an export", () => {
  it("says all that there is: applied where it came from, it changes nothing", () => {
    fc.assert(
      fc.property(current, (now) => {
        const exported = manifestText(now);
        const parsed = parseManifest(exported);
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems) + exported);
        expect(checkManifest(parsed.manifest, now, NOW).filter((finding) => finding.severity === "error")).toEqual([]);
        expect(plan(parsed.manifest, now, NOW)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
