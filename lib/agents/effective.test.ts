import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { effectiveActions, type AuthorityLevel, type CatalogueAction } from "@/lib/agents/effective";
import { DEFAULT_SETTINGS } from "@/lib/tiers/settings";
import { TIERS } from "@/lib/tiers/matrices";

const NOW = Date.parse("2026-11-21T00:00:00Z");

const action = (id: string, over: Partial<CatalogueAction> = {}): CatalogueAction => ({
  id,
  title: null,
  kind: "execute",
  reversibility: "reversible",
  impact: "low",
  ...over,
});
const level = (agentId: string, ...patterns: string[]): AuthorityLevel => ({
  agentId,
  grants: patterns.map((pattern) => ({ id: `${agentId}/${pattern}`, pattern, expiresAtMs: null, condition: null })),
});

const ACTIONS = [
  action("crm.read_account", { kind: "read" }),
  action("crm.delete_account", { reversibility: "irreversible", impact: "high" }),
  action("mail.send"),
];

describe("the effective authority that an agent's page shows", () => {
  it("says what the tier leaves of each granted action, and leaves out what is not granted", () => {
    expect(effectiveActions([level("desk", "crm.*")], "execute", DEFAULT_SETTINGS, ACTIONS, NOW)).toMatchObject([
      { id: "crm.read_account", effect: "allow", by: "tier", narrowedBy: null },
      { id: "crm.delete_account", effect: "escalate", by: "reversibility" },
    ]);
    expect(
      effectiveActions([level("desk", "*")], "observe", DEFAULT_SETTINGS, ACTIONS, NOW).map((one) => one.effect),
    ).toEqual(["allow", "deny", "deny"]);
  });

  it("names the agent above that narrows", () => {
    const levels = [level("desk", "*"), level("lead", "crm.*"), level("chief", "crm.read_*", "mail.*")];
    expect(effectiveActions(levels, "execute", DEFAULT_SETTINGS, ACTIONS, NOW)).toMatchObject([
      { id: "crm.read_account", effect: "allow" },
      { id: "crm.delete_account", effect: "deny", by: "authority", narrowedBy: "chief" },
      { id: "mail.send", effect: "deny", by: "authority", narrowedBy: "lead" },
    ]);
  });

  it("shows a condition only where no other live grant carries the action", () => {
    const grant = { id: "g", pattern: "mail.*", expiresAtMs: null, condition: "args.internal" };
    const [mail] = effectiveActions(
      [{ agentId: "desk", grants: [grant] }],
      "execute",
      DEFAULT_SETTINGS,
      [action("mail.send")],
      NOW,
    );
    expect(mail?.conditions).toEqual(["args.internal"]);
    const both = { agentId: "desk", grants: [grant, { ...grant, id: "h", pattern: "*", condition: null }] };
    expect(effectiveActions([both], "execute", DEFAULT_SETTINGS, [action("mail.send")], NOW)[0]?.conditions).toEqual(
      [],
    );
  });

  it("says that an expired grant carries nothing", () => {
    const grant = { id: "g", pattern: "mail.*", expiresAtMs: NOW, condition: null };
    expect(
      effectiveActions([{ agentId: "desk", grants: [grant] }], "execute", DEFAULT_SETTINGS, [action("mail.send")], NOW),
    ).toMatchObject([{ effect: "deny", narrowedBy: "desk" }]);
  });

  it("I4: never grows by a level, whatever its grants", () => {
    const patterns = fc.subarray(["*", "crm.*", "crm.read_*", "mail.send", "crm.delete_account"]);
    fc.assert(
      fc.property(
        fc.array(patterns, { minLength: 1, maxLength: 4 }),
        patterns,
        fc.constantFrom(...TIERS),
        (above, added, tier) => {
          const levels = above.map((some, i) => level(`a${i}`, ...some));
          const allowed = (given: AuthorityLevel[]): string[] =>
            effectiveActions(given, tier, DEFAULT_SETTINGS, ACTIONS, NOW).flatMap((one) =>
              one.effect === "deny" ? [] : [one.id],
            );
          const before = allowed(levels);
          expect(allowed([...levels, level("more", ...added)]).every((id) => before.includes(id))).toBe(true);
        },
      ),
    );
  });
});
