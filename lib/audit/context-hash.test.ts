import * as fc from "fast-check";
import { expect, it } from "vitest";

import { contextHash, type ContextTexts } from "@/lib/audit/context-hash";
import { DECISION_CODES } from "@/lib/decisions/codes";
import { sha256Hex } from "@/lib/kernel/json";

const jsonText = fc.option(fc.json());
const texts: fc.Arbitrary<ContextTexts> = fc.record({ resource: jsonText, evidence: jsonText, estimate: jsonText });

it("tells any two contexts apart, also those that read the same one after the other", () => {
  fc.assert(
    fc.property(texts, texts, fc.string(), fc.string(), (a, b, said, other) => {
      const same = JSON.stringify([a, said]) === JSON.stringify([b, other]);
      expect(contextHash("policy_denied", said, a) === contextHash("policy_denied", other, b)).toBe(same);
    }),
  );
  const moved = { resource: '"a""b"', evidence: null, estimate: null };
  expect(contextHash("allowed", "x", { resource: '"a"', evidence: '"b"', estimate: null })).not.toBe(
    contextHash("allowed", "x", moved),
  );
});

it("is none for a request without context that is answered in its code's own words", () => {
  const none = { resource: null, evidence: null, estimate: null };
  expect(contextHash("allowed", "Allowed.", none)).toBeNull();
  expect(contextHash("allowed", "Allowed!", none)).not.toBeNull();
  expect(contextHash("allowed", "Allowed.", { ...none, evidence: "null" })).not.toBeNull();
});

it("the words of codes are those by which records without a hash were made: they stay", () => {
  // A code may be added (compute this anew); the text of one that is there is part of what old records prove.
  expect(sha256Hex(JSON.stringify(Object.entries(DECISION_CODES).toSorted()))).toBe(
    "cd52f9d467e1ae3eb64a92016dc073d145a5814386c35d5330581e021b6705e2",
  );
});
