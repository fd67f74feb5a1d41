import { hash } from "node:crypto";

import { canonical } from "@/lib/kernel/canonical";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export { canonical };

/** SHA-256 of a UTF-8 text or of bytes, as 32 bytes. */
export const sha256 = (data: string | Uint8Array): Buffer => hash("sha256", data, "buffer");

/** The same as 64 hexadecimal digits. */
export const sha256Hex = (data: string | Uint8Array): string => hash("sha256", data, "hex");

/** SHA-256 over the canonical form of a value. */
export const hashOf = (value: Json): Buffer => sha256(canonical(value));

/** What an approval is bound to: the action and exactly these arguments. */
export const argsHash = (action: string, args: JsonObject): Buffer => hashOf([action, args]);
