import { createPrivateKey, createPublicKey, hkdfSync, sign, verify, type KeyObject } from "node:crypto";

import { sha256Hex } from "@/lib/kernel/json";

/** Signs checkpoints with Ed25519 (RFC 8032). */
export interface CheckpointSigner {
  keyId: string;
  /** SubjectPublicKeyInfo, DER. */
  publicKey: Buffer;
  /** The same as PEM, as `openssl pkey -pubin` reads it. */
  publicPem: string;
  sign(body: string): Buffer;
}

/** What comes before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** A key's name: the first 16 digits of the SHA-256 of its SubjectPublicKeyInfo. */
export const keyIdOf = (publicKey: Uint8Array): string => sha256Hex(publicKey).slice(0, 16);

/** The signer that belongs to a secret text: its key is derived (HKDF-SHA-256), so that any secret of enough length will do. */
export function signerOf(secret: string): CheckpointSigner {
  const seed = Buffer.from(hkdfSync("sha256", secret, "", "remit checkpoint ed25519", 32));
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const open = createPublicKey(key);
  const publicKey = open.export({ format: "der", type: "spki" });
  return {
    keyId: keyIdOf(publicKey),
    publicKey,
    publicPem: open.export({ format: "pem", type: "spki" }).toString(),
    sign: (body) => sign(null, Buffer.from(body), key),
  };
}

/** Whether the owner of this public key signed the body. False for anything that is not an Ed25519 key. */
export function isSigned(body: string, signature: Uint8Array, publicKey: Uint8Array): boolean {
  const key = readKey(publicKey);
  return key?.asymmetricKeyType === "ed25519" && verify(null, Buffer.from(body), key, signature);
}

function readKey(publicKey: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" });
  } catch {
    return null;
  }
}
