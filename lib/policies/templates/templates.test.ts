import { describe, expect, it } from "vitest";

import { matchesAction } from "@/lib/catalogue/match";
import type { Json } from "@/lib/kernel/json";
import { draftFaults } from "@/lib/policies/drafts/faults";
import type { RuleWorld } from "@/lib/policies/rule-faults";
import { fitsOf, POLICY_TEMPLATES, templateOf } from "@/lib/policies/templates/templates";
import { fillTemplate, initialValues, parameterFault } from "@/lib/policies/templates/fill";
import type { TemplateAction } from "@/lib/policies/templates/fit";

const action = (
  id: string,
  properties: { [name: string]: Json },
  required: string[] = [],
  more: Partial<TemplateAction> = {},
): TemplateAction => ({
  id,
  title: null,
  kind: "execute",
  reversibility: "irreversible",
  impact: "high",
  dataClasses: [],
  args: { type: "object", properties, required },
  ...more,
});
const number = { type: "number" };
const integer = { type: "integer" };
const text = { type: "string" };
const list = { type: "array", items: text };

/** A catalogue in which each template finds something, in all the types that an argument may have. */
const CATALOGUE: TemplateAction[] = [
  action("crm.update_contract", { contract_id: text, total_value: number }, ["total_value"]),
  action("crm.change_plan", { price: integer }),
  action("crm.update_accounts", { record_count: integer }, ["record_count"]),
  action("crm.tag_contacts", { contact_ids: list, tag: text }, ["contact_ids"]),
  action("shop.set_discount", { discount_percent: number }),
  action("shop.apply_rebate", { "discount-rate": { type: "number", maximum: 1 } }, ["discount-rate"]),
  action("shop.refund", { order: text, amount: number }, ["amount"]),
  action("mail.send", { to: text, body: text }, ["to"]),
  action("mail.send_many", { recipients: list }),
  action("files.delete", { path: text }),
  action("travel.book_flight", { price: number }),
  action("infra.deploy", { environment: text, version: text }),
  action("infra.restart", {}),
  action("infra.scale_service", { env: text }, ["env"]),
  action("shop.get_order", { amount: number }, [], { kind: "read" }),
  action("odd.schema", { amount: true }, [], { args: true }),
];
const world: RuleWorld = {
  argsOf: (id) => CATALOGUE.find((one) => one.id === id)?.args,
  argsMatching: (pattern) => CATALOGUE.flatMap((one) => (matchesAction(pattern, one.id) ? [one.args] : [])),
  hasAgent: () => false,
  hasNode: () => false,
  hasPerson: (email) => email === "ana@example.com",
  hasRotation: () => false,
  hasRollback: () => true,
  reach: () => null,
};
const made = (id: string, values: Record<string, string> = {}) => {
  const template = templateOf(id);
  if (!template) throw new Error(`no template ${id}`);
  return fillTemplate(template, fitsOf(template, CATALOGUE), { ...initialValues(template), ...values });
};

describe("templates", () => {
  it.each(POLICY_TEMPLATES.map((template) => [template.id, template] as const))(
    "%s finds its actions in a fitting catalogue and compiles for each",
    (_, template) => {
      const fits = fitsOf(template, CATALOGUE);
      expect(fits.length).toBeGreaterThan(0);
      for (const { kind } of CATALOGUE.filter((one) => fits.some((fit) => fit.action === one.id)))
        expect(kind).toBe("execute");
      const rules = fillTemplate(template, fits, initialValues(template));
      expect(rules.flatMap((rule) => rule.match.actions).toSorted()).toEqual(fits.map((fit) => fit.action).toSorted());
      expect(draftFaults(rules, world)).toEqual([]);
      expect(rules.every((rule) => rule.effect === template.effect)).toBe(true);
    },
  );

  it.each(POLICY_TEMPLATES.map((template) => [template.id, template] as const))(
    "%s begins with values that hold, and makes no rule of others",
    (_, template) => {
      for (const parameter of template.parameters) {
        expect(parameterFault(parameter, parameter.initial)).toBeNull();
        const wrong = { ...initialValues(template), [parameter.key]: 'not" || true' };
        expect(fillTemplate(template, fitsOf(template, CATALOGUE), wrong)).toEqual([]);
      }
    },
  );

  it("write a number as the argument's type wants it, and a share as the schema counts it", () => {
    expect(made("value-over-threshold").map((rule) => rule.when)).toEqual([
      "args.total_value > 1000.0",
      "args.price > 1000",
      "args.price > 1000.0",
    ]);
    expect(made("discount-over-share").map((rule) => rule.when)).toEqual([
      "has(args.discount_percent) && args.discount_percent > 20.0",
      'args["discount-rate"] > 0.2',
    ]);
    expect(made("bulk-over-records").map((rule) => rule.when)).toContain("size(args.contact_ids) > 100");
  });

  it("ask the person who is named, or whoever is nearest", () => {
    expect(made("deletion", { person: "ana@example.com", deadline: "30m" })).toEqual([
      expect.objectContaining({
        match: { actions: ["files.delete"] },
        effect: "escalate",
        to: ["ana@example.com"],
        deadline: "30m",
      }),
    ]);
    expect(made("deletion")[0]?.to).toBeUndefined();
  });

  it("ask for re-authentication over an amount of a refund", () => {
    expect(made("refund-reauthentication", { amount: "99.5" })).toMatchObject([
      { match: { actions: ["shop.refund"] }, when: "args.amount > 99.5", ask: "reauthentication", maxAge: "5m" },
    ]);
  });
});
