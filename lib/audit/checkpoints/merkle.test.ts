import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { leafHash, merkleRoot } from "@/lib/audit/checkpoints/merkle";
import { sha256 } from "@/lib/kernel/json";

/** The definition, word for word: MTH(D[n]) = HASH(0x01 || MTH(D[0:k]) || MTH(D[k:n])), k the largest power of two below n. */
function defined(leaves: readonly Uint8Array[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return sha256("");
  if (leaves.length === 1) return Buffer.from(only);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha256(Buffer.concat([Buffer.of(1), defined(leaves.slice(0, k)), defined(leaves.slice(k))]));
}

const texts = fc.array(fc.string(), { maxLength: 40 });
const rootOf = (data: readonly string[]): string => merkleRoot(data.map(leafHash)).toString("hex");

describe("the Merkle tree over stream heads", () => {
  // The test vectors of Certificate Transparency's reference implementation.
  it.each([
    [0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    [1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
    [2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    [3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"],
    [4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
    [5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"],
    [6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"],
    [7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"],
    [8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"],
  ])("of %i known leaves is %s", (count, root) => {
    const data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const leaves = data.slice(0, count).map((hex) => leafHash(Buffer.from(hex, "hex")));
    expect(merkleRoot(leaves).toString("hex")).toBe(root);
  });

  it("is what RFC 6962 defines, for any leaves", () => {
    fc.assert(
      fc.property(texts, (data) => {
        const leaves = data.map(leafHash);
        expect(merkleRoot(leaves)).toEqual(defined(leaves));
      }),
    );
  });

  it("is another one when a leaf is changed, added, left out, or two change places", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 20 }),
        fc.nat(),
        fc.string(),
        (data, which, other) => {
          fc.pre(!data.includes(other));
          const i = which % data.length;
          const root = rootOf(data);
          expect(rootOf(data.with(i, other))).not.toBe(root);
          expect(rootOf(data.toSpliced(i, 0, other))).not.toBe(root);
          expect(rootOf(data.toSpliced(i, 1))).not.toBe(root);
          const j = (i + 1) % data.length;
          if (i !== j) expect(rootOf(data.with(i, data[j] ?? "").with(j, data[i] ?? ""))).not.toBe(root);
        },
      ),
    );
  });

  it("tells a leaf from a node: two leaves are not one leaf of their hashes", () => {
    const two = [leafHash("a"), leafHash("b")];
    expect(merkleRoot(two)).not.toEqual(merkleRoot([leafHash(Buffer.concat(two))]));
  });
});
