import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Away } from "@/lib/people/away";
import { allReviewers, nearestReviewers, type Decider } from "@/lib/reviews/asked";

const NOW = new Date("2026-11-21T12:00:00Z");
const away = (delegateId: string | null = null): Away[] => [{ startsAt: NOW, endsAt: null, delegateId }];

const ada: Decider = { id: "ada", depth: 1, owner: true };
const rob: Decider = { id: "rob", depth: 1, owner: false };
const roy: Decider = { id: "roy", depth: 1, owner: false };
const chief: Decider = { id: "chief", depth: 2, owner: false };
const deciders = [ada, rob, roy, chief];

const asked = (absent: Record<string, Away[]> = {}, excludedIds: string[] = []) =>
  nearestReviewers({ deciders, excludedIds, away: new Map(Object.entries(absent)) }, NOW);

describe("whom a review asks first", () => {
  it.each([
    ["the owner and the nearest", asked(), ["ada", "rob", "roy"]],
    ["not who is away", asked({ rob: away() }), ["ada", "roy"]],
    ["whoever stands in for them", asked({ rob: away("chief") }), ["ada", "chief", "roy"]],
    ["nobody who may not decide", asked({ rob: away("stranger") }), ["ada", "roy"]],
    ["the next above when all are away", asked({ ada: away(), rob: away(), roy: away() }), ["chief"]],
    ["nobody who is excluded, nor their delegate", asked({ rob: away("chief") }, ["ada", "rob"]), ["roy"]],
    ["everybody, when nobody is there", asked({ ada: away(), rob: away(), roy: away(), chief: away() }), []],
  ])("%s", (_rule, found, wanted) => expect(found).toEqual(wanted));

  it("everybody above who is there, once nobody looked", () => {
    const absent = new Map([["ada", away("rob")]]);
    expect(allReviewers({ deciders, excludedIds: ["roy"], away: absent }, NOW)).toEqual(["rob", "chief"]);
  });

  it("I3: never asks who is excluded, away or without a role, and asks somebody wherever somebody is there", () => {
    const people = ["ada", "rob", "roy", "chief", "stranger"];
    const absences = fc.dictionary(
      fc.constantFrom(...people),
      fc.constantFrom(away(), ...people.map((id) => away(id))),
    );
    fc.assert(
      fc.property(absences, fc.subarray(people), fc.subarray(deciders), (absent, excludedIds, some) => {
        const of = { deciders: some, excludedIds, away: new Map(Object.entries(absent)) };
        const may = some.map((one) => one.id).filter((id) => !excludedIds.includes(id));
        const there = may.filter((id) => !(id in absent));
        for (const found of [nearestReviewers(of, NOW), allReviewers(of, NOW)]) {
          expect(there).toEqual(expect.arrayContaining(found));
          expect(found.length > 0 || there.length === 0).toBe(true);
          expect(new Set(found).size).toBe(found.length);
        }
      }),
    );
  });
});
