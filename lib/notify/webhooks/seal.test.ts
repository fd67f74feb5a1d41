import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { sealerOf } from "@/lib/notify/webhooks/seal";

const sealer = sealerOf("a key of thirty-two characters or more");

describe("sealing", () => {
  it("opens what it sealed, for the same purpose and key only", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (text, purpose, other) => {
        const sealed = sealer.seal(text, purpose);
        expect(sealer.open(sealed, purpose)).toBe(text);
        if (other !== purpose) expect(sealer.open(sealed, other)).toBeNull();
        expect(sealerOf("another key").open(sealed, purpose)).toBeNull();
      }),
    );
  });

  it("opens nothing that was altered, and never seals alike", () => {
    const sealed = sealer.seal("whsec_x", "p");
    for (let index = 0; index < sealed.length; index += 1) {
      const altered = new Uint8Array(sealed);
      altered.set([(sealed[index] ?? 0) ^ 1], index);
      expect(sealer.open(altered, "p")).toBeNull();
    }
    expect(sealer.open(sealed.subarray(0, 20), "p")).toBeNull();
    expect(sealer.open(new Uint8Array(), "p")).toBeNull();
    expect(sealer.seal("whsec_x", "p")).not.toEqual(sealed);
  });
});
