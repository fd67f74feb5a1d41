import type { ErrorCode, RemitError } from "@/lib/kernel/result";

/** Codes that only the wire knows, beside those of commands. */
type WireCode =
  | "malformed_json"
  | "unsupported_media_type"
  | "method_not_allowed"
  | "unknown_field"
  | "too_deep"
  | "too_many_events"
  | "number_inexact"
  | "token_malformed";
type ProblemCode = ErrorCode | WireCode;

const STATUS: Partial<Record<ProblemCode, number>> = {
  unauthenticated: 401,
  token_invalid: 401,
  token_malformed: 401,
  token_expired: 401,
  token_revoked: 401,
  credential_revoked: 401,
  forbidden: 403,
  agent_suspended: 403,
  agent_retired: 403,
  scope_exceeds_parent: 403,
  delegation_not_allowed: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  idempotency_conflict: 409,
  run_ended: 409,
  run_lease_lost: 409,
  approval_not_pending: 409,
  question_answered: 409,
  task_ended: 409,
  task_lease_lost: 409,
  appeal_exists: 409,
  not_denied: 409,
  not_appealable: 409,
  run_shadow: 409,
  too_large: 413,
  too_many_events: 413,
  unsupported_media_type: 415,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
};

const TITLES: Record<number, string> = {
  400: "Bad request",
  401: "Not authenticated",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  413: "Too large",
  415: "Unsupported media type",
  429: "Too many requests",
  500: "Internal error",
  503: "Unavailable",
};

const statusOf = (code: ProblemCode): number => STATUS[code] ?? 400;

/** What a caller is told of a refusal: RFC 9457, with a stable `code` and the `field` that it is about. */
interface ProblemBody {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
  field?: string;
}

/** A refusal on its way to the caller. Only the gate's own edge throws it; commands answer with values. */
export class Problem extends Error {
  override name = "Problem";
  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }

  static of(error: RemitError): Problem {
    return new Problem(error.code, error.message, error.field);
  }

  get status(): number {
    return statusOf(this.code);
  }

  get body(): ProblemBody {
    const { code, status } = this;
    const body = {
      type: `urn:remit:problem:${code}`,
      title: TITLES[status] ?? "Refused",
      status,
      code,
      detail: this.message,
    };
    return this.field === undefined ? body : { ...body, field: this.field };
  }
}

/** What is told when the store does not answer: the caller may try again, with the same idempotency key. */
export const unavailable = (): Problem =>
  new Problem("unavailable", "The decision could not be recorded in time. Try again.");

export const notFound = (what: string): Problem => new Problem("not_found", `There is no such ${what}.`);
