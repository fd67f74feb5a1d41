import { sha256 } from "@/lib/kernel/json";

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** SHA-256 (0x00 ‖ data): a leaf can never be taken for an inner node (RFC 6962, section 2.1). */
export const leafHash = (data: string | Uint8Array): Buffer => sha256(Buffer.concat([LEAF, Buffer.from(data)]));

/**
 * The Merkle tree hash of RFC 6962, section 2.1, over leaves that are hashed already: left subtrees are the largest full ones.
 * Of no leaves it is the SHA-256 of nothing.
 */
export function merkleRoot(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return sha256("");
  let level: readonly Uint8Array[] = leaves;
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i], level[i + 1]];
      if (left && right) above.push(sha256(Buffer.concat([NODE, left, right])));
      // One without a partner goes up as it is, which is what splitting at the largest power of two comes to.
      else if (left) above.push(left);
    }
    level = above;
  }
  return Buffer.from(level[0] ?? sha256(""));
}
