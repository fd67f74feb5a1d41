import { readFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

import { compileArgsSchema } from "@/lib/catalogue/arguments";
import { actionFields } from "@/lib/catalogue/inputs";
import { isActionId } from "@/lib/catalogue/match";
import { suggestAction } from "@/lib/catalogue/suggest";
import { ROOT } from "@/lib/db/root";
import type { JsonObject } from "@/lib/kernel/json";

const of = (id: string, ...samples: JsonObject[]) => suggestAction(id, samples);
const brief = (id: string) => {
  const { kind, reversibility, impact } = of(id);
  return `${kind} ${reversibility} ${impact}`;
};

describe("a suggestion by the name", () => {
  it.each([
    ["airline.get_user_details", "read reversible low"],
    ["airline.get_reservation_details", "read reversible low"],
    ["airline.list_all_airports", "read reversible low"],
    ["airline.search_direct_flight", "read reversible low"],
    ["airline.calculate", "read reversible low"],
    ["airline.think", "read reversible low"],
    ["airline.book_reservation", "execute compensable medium"],
    ["airline.update_reservation_flights", "execute reversible medium"],
    ["airline.cancel_reservation", "execute irreversible high"],
    ["airline.send_certificate", "execute irreversible medium"],
    ["airline.transfer_to_human_agents", "propose reversible low"],
    ["shop.refund", "execute irreversible high"],
    ["crm.get_order", "read reversible low"],
    ["crm.find_and_delete_accounts", "execute irreversible high"],
    ["crm.getOrCreate", "execute compensable medium"],
    ["crm.add_note", "execute reversible low"],
    ["mail.draft_reply", "draft reversible low"],
    ["mail.bulk_send", "execute irreversible high"],
    ["code.createPullRequest", "execute compensable medium"],
    ["tickets.close_all", "execute reversible high"],
    ["reservation.reservation_cancel", "execute irreversible high"],
    ["elsewhere.do_it", "execute irreversible high"],
    ["github.repos.delete", "execute irreversible high"],
  ])("%s: %s", (id, expected) => expect(brief(id)).toBe(expected));

  it("never makes light of what a person took seriously: reads of the airline's manifest are reads, writes are writes", () => {
    const manifest = z
      .object({
        systems: z.array(z.object({ actions: z.array(z.object({ id: z.string(), kind: z.string() })) })),
      })
      .parse(parse(readFileSync(join(ROOT, "e2e/fixtures/airline/remit.yaml"), "utf8")));
    for (const action of manifest.systems.flatMap((system) => system.actions))
      expect([action.id, of(action.id).kind]).toEqual([action.id, action.kind]);
  });

  it("says what it knew, and names what undoes it", () => {
    expect(of("elsewhere.do_it")).toMatchObject({ sure: false, systemId: "elsewhere", title: "Do it" });
    expect(of("crm.delete_account")).toMatchObject({ sure: true, evidence: ["reason"] });
    expect(of("crm.delete_account").reasons[0]).toBe("“delete” takes something away.");
    const known = ["crm.unlock_account", "crm.unlock_card", "bank.unlock_account"];
    expect(suggestAction("crm.lock_account", [], known).rollback).toBe("crm.unlock_account");
    expect(suggestAction("crm.read_account", [], ["crm.unread_account"]).rollback).toBeNull();
  });
});

describe("a suggestion by what was sent", () => {
  it("finds the shape that all samples have", () => {
    const { args, dataClasses } = of(
      "airline.book_reservation",
      { user_id: "mia", passengers: [{ first_name: "Mia", dob: "1990-04-05" }], total: 1, paid: null },
      { user_id: "kim", passengers: [], total: 1.5, paid: true, insurance: "no" },
    );
    expect(args).toEqual({
      type: "object",
      required: ["paid", "passengers", "total", "user_id"],
      properties: {
        user_id: { type: "string" },
        passengers: {
          type: "array",
          items: {
            type: "object",
            required: ["dob", "first_name"],
            properties: { first_name: { type: "string" }, dob: { type: "string" } },
          },
        },
        total: { type: "number" },
        paid: { type: ["boolean", "null"] },
        insurance: { type: "string" },
      },
    });
    expect(dataClasses).toEqual(["pii"]);
  });

  it.each([
    [{ to: "ann@example.com" }, ["pii"]],
    [{ number: "4111 1111 1111 1111" }, ["payment"]],
    [{ number: "4111 1111 1111 1112" }, []],
    [{ target: "DE89370400440532013000" }, ["payment"]],
    [{ apiKey: "x" }, ["credentials"]],
    [{ deep: [{ diagnosis: "x" }] }, ["health"]],
    [{ username_hint: "x", filename: "y" }, []],
  ])("%j is %j", (sample: JsonObject, classes) => expect(of("x.change", sample).dataClasses).toEqual(classes));

  it("is total, fits the catalogue and fits every sample, whatever was sent", () => {
    const actionId = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,8}\.[A-Za-z0-9][A-Za-z0-9_.-]{0,20}$/).filter(isActionId);
    const object = fc
      .dictionary(fc.string(), fc.jsonValue())
      .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);
    fc.assert(
      fc.property(actionId, fc.array(object, { maxLength: 5 }), (id, samples) => {
        const { systemId, reasons, sure: _sure, ...fields } = suggestAction(id, samples, [id]);
        expect(id.startsWith(`${systemId}.`)).toBe(true);
        expect(reasons.length).toBeGreaterThan(0);
        expect(actionFields.safeParse(fields).success).toBe(true);
        const compiled = compileArgsSchema(fields.args);
        expect(compiled.ok).toBe(true);
        if (compiled.ok) for (const sample of samples) expect(compiled.check(sample)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
