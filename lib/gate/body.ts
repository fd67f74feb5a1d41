import { isUtf8 } from "node:buffer";

import type { z } from "zod";

import { jsonFault, MAX_DEPTH } from "@/lib/gate/json-text";
import { Problem } from "@/lib/gate/problem";
import type { Json } from "@/lib/kernel/json";

/** Under which the API stands. */
export const PREFIX = "/api/v1";
/** 1 MiB, in bytes. */
export const MAX_BODY_BYTES = 1_048_576;

export const tooLarge = (): Problem => new Problem("too_large", "A request may have at most 1 MiB.");

const JSON_TYPE = /^application\/(json|[\w.+-]+\+json)\b/i;

/**
 * A content type that is none is taken for JSON.
 * @throws Problem `unsupported_media_type`.
 */
export function expectJson(contentType: string | undefined): void {
  if (contentType === undefined || contentType === "application/json" || JSON_TYPE.test(contentType)) return;
  throw new Problem("unsupported_media_type", "Send JSON, with Content-Type: application/json.");
}

/**
 * The idempotency key of a header.
 * @throws Problem `invalid_input` for a key that is none.
 */
export function keyOfHeader(key: string | undefined): string | null {
  if (key === undefined) return null;
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new Problem("invalid_input", "must be 1 to 200 visible ASCII characters", "Idempotency-Key");
}

const FAULTS = {
  too_deep: `Arrays and objects may nest at most ${MAX_DEPTH} deep.`,
  number_inexact: "A number is too large to be exact. Send it as a string.",
} as const;

/**
 * The text of a body. What is no UTF-8 would be read as something else than was sent.
 * @throws Problem `malformed_json`.
 */
export function textOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  throw new Problem("malformed_json", "The body is not UTF-8.");
}

/**
 * The JSON value of a request's text.
 * @throws Problem `malformed_json`, `too_deep`, `number_inexact`.
 */
export function parseJson(text: string): Json {
  const fault = jsonFault(text);
  if (fault) throw new Problem(fault, FAULTS[fault]);
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem("malformed_json", text === "" ? "The request has no body." : "The body is not JSON.");
  }
}

/** `events[3].at` from a path of keys and indexes. */
function fieldOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}

/** The first thing wrong with a value, as a problem that names its field. */
export function problemOf(error: z.core.$ZodError): Problem {
  const issue = error.issues[0];
  if (!issue) return new Problem("invalid_input", "The request is not valid.");
  if (issue.code === "unrecognized_keys") {
    return new Problem(
      "unknown_field",
      "The request has a field that is not known.",
      fieldOf([...issue.path, issue.keys[0] ?? ""]),
    );
  }
  const field = fieldOf(issue.path);
  return new Problem("invalid_input", issue.message, field === "" ? undefined : field);
}

/**
 * The value as the schema reads it.
 * @throws Problem `invalid_input` or `unknown_field`, with the field.
 */
export function check<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw problemOf(parsed.error);
}
