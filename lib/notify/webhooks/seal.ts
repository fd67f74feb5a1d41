import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

import { sha256 } from "@/lib/kernel/json";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals secrets that must be used again (addresses of chats, signing secrets), so that a copy of the database alone does not tell them. */
export interface Sealer {
  /** `purpose` names what it is and of whom (`webhook url <id>`): sealed bytes that are moved elsewhere do not open. */
  seal(text: string, purpose: string): Uint8Array<ArrayBuffer>;
  /** Null when the key is another one, or the bytes were altered or belong elsewhere. */
  open(sealed: Uint8Array, purpose: string): string | null;
}

/** AES-256-GCM under the SHA-256 of the key's text; nonce, tag and ciphertext in a row. */
export function sealerOf(keyText: string): Sealer {
  const key = sha256(`remit seal ${keyText}`);
  return {
    seal(text, purpose) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), body]));
    },
    open(sealed, purpose) {
      if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
      const bytes = Buffer.from(sealed);
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(purpose))
        .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      try {
        const body = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([body, decipher.final()]).toString("utf8");
      } catch {
        return null;
      }
    },
  };
}
