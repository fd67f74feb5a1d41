import { randomBytes } from "node:crypto";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { formatSecret, parseSecret, secretHash, secretPrefix } from "@/lib/kernel/secret";

describe("secrets", () => {
  it.each(["rmt", "rmr"] as const)("reads back what it wrote (%s)", (kind) => {
    const secret = formatSecret(kind, randomBytes(32));
    expect(secret).toHaveLength(53);
    expect(parseSecret(secret)).toEqual({ ok: true, kind, hash: secretHash(secret) });
    expect(secretPrefix(secret)).toBe(secret.slice(0, 12));
  });

  it("finds every truncation and every changed character", () => {
    const secret = formatSecret("rmr", Buffer.alloc(32, 7));
    for (let length = 4; length < secret.length; length++) {
      expect(parseSecret(secret.slice(0, length))).toEqual({ ok: false, fault: "malformed" });
    }
    for (let at = 4; at < secret.length; at++) {
      const other = secret[at] === "A" ? "B" : "A";
      expect(parseSecret(secret.slice(0, at) + other + secret.slice(at + 1))).toEqual({
        ok: false,
        fault: "malformed",
      });
    }
  });

  it("never accepts or throws on arbitrary text", () => {
    fc.assert(fc.property(fc.string(), (text) => !parseSecret(text).ok));
  });

  it("takes exactly 32 bytes", () => {
    expect(() => formatSecret("rmt", Buffer.alloc(31))).toThrow(RangeError);
  });
});
