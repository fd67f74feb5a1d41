import { crc32 } from "node:zlib";

import { sha256 } from "@/lib/kernel/json";

/**
 * `rmt`: an agent's credential, which starts runs. `rmr`: a run's token, good for that run alone. `rmk`: a task's token, with which a system
 * reports how that one task went.
 */
export type SecretKind = "rmt" | "rmr" | "rmk";
const KINDS: readonly SecretKind[] = ["rmt", "rmr", "rmk"];

/** What the text of a bearer token says about itself, before any look into the store. */
type ParsedSecret = { ok: true; kind: SecretKind; hash: Buffer } | { ok: false; fault: "unknown" | "malformed" };

const RANDOM_BYTES = 32;
const BODY_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const BODY = /^[A-Za-z0-9_-]+$/;
/** Characters shown to people to recognise a secret by. */
const PREFIX_LENGTH = 12;

/** CRC-32 of kind and body as six base64url characters: finds a truncated or mistyped secret without the store. */
function checksum(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString("base64url");
}

/**
 * The secret's text from 32 random bytes: `rmt_` + 43 base64url characters + 6 of checksum. It is shown once; only {@link secretHash} is stored.
 * @throws RangeError when there are not 32 bytes.
 */
export function formatSecret(kind: SecretKind, random: Uint8Array): string {
  if (random.length !== RANDOM_BYTES) throw new RangeError("formatSecret: 32 random bytes");
  const body = `${kind}_${Buffer.from(random).toString("base64url")}`;
  return body + checksum(body);
}

/** SHA-256 of the secret's text, as stored and looked up. */
export const secretHash = (secret: string): Buffer => sha256(secret);

/** The first characters, by which people tell their secrets apart. */
export const secretPrefix = (secret: string): string => secret.slice(0, PREFIX_LENGTH);

/** Reads a bearer token. `unknown`: not one of Remit's; `malformed`: one of Remit's, truncated or altered. */
export function parseSecret(text: string): ParsedSecret {
  const kind = KINDS.find((one) => text.startsWith(`${one}_`));
  if (!kind) return { ok: false, fault: "unknown" };
  const end = kind.length + 1 + BODY_LENGTH;
  const fits = text.length === end + CHECKSUM_LENGTH && BODY.test(text);
  if (!fits || checksum(text.slice(0, end)) !== text.slice(end)) return { ok: false, fault: "malformed" };
  return { ok: true, kind, hash: secretHash(text) };
}
