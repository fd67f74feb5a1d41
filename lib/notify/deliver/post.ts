import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";

import { checkedLookup, ClosedDestination, isAllowed, urlFault, type Resolve } from "@/lib/notify/webhooks/destination";
import type { Outcome } from "@/lib/notify/deliver/retry";

interface Post {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

interface PostOptions {
  /** REMIT_WEBHOOK_ALLOW. */
  allow: readonly string[];
  timeoutMs?: number;
  resolve?: Resolve;
}

const TIMEOUT_MS = 10_000;
/** An answer is only looked at for its status; who sends more than this is cut off. */
const ANSWER_BYTES = 64 * 1024;

/**
 * Posts JSON to a webhook and says what came of it; never throws. Private destinations are refused at the moment of connecting, redirects are
 * not followed, connections are not kept. 410 means that the receiver wants no more.
 */
export async function postJson({ url: text, headers, body }: Post, options: PostOptions): Promise<Outcome> {
  const fault = urlFault(text, options.allow);
  if (fault !== null) return { ok: false, statusCode: null, error: fault, gone: true };
  const url = new URL(text);
  try {
    const statusCode = await send(url, headers, body, options);
    if (statusCode >= 200 && statusCode < 300) return { ok: true, statusCode };
    const error =
      statusCode >= 300 && statusCode < 400
        ? `answered ${statusCode}: redirects are not followed`
        : `answered ${statusCode}`;
    return { ok: false, statusCode, error, gone: statusCode === 410 };
  } catch (cause) {
    return { ok: false, statusCode: null, error: failureWords(cause), gone: cause instanceof ClosedDestination };
  }
}

function send(url: URL, headers: Post["headers"], body: string, options: PostOptions): Promise<number> {
  const { allow, timeoutMs = TIMEOUT_MS, resolve } = options;
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((done, failed) => {
    const sending = request(url, {
      method: "POST",
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
      ...(isAllowed(url, allow) ? {} : { lookup: checkedLookup(resolve) }),
      headers: {
        ...headers,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body).toString(),
        "user-agent": "Remit",
      },
    });
    sending.on("error", failed);
    sending.on("response", (answer) => {
      drain(answer);
      done(answer.statusCode ?? 0);
    });
    sending.end(body);
  });
}

function drain(answer: IncomingMessage): void {
  let bytes = 0;
  answer.on("error", () => undefined);
  answer.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES) answer.destroy();
  });
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refused the connection",
  ECONNRESET: "cut the connection",
  ENOTFOUND: "has a name that does not exist",
  EAI_AGAIN: "has a name that could not be resolved",
  ETIMEDOUT: "did not answer in time",
  ABORT_ERR: "did not answer in time",
  EHOSTUNREACH: "cannot be reached",
  ENETUNREACH: "cannot be reached",
  CERT_HAS_EXPIRED: "has a certificate that has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "has a certificate that nobody vouches for",
  SELF_SIGNED_CERT_IN_CHAIN: "has a certificate that nobody vouches for",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "has a certificate that nobody vouches for",
  ERR_TLS_CERT_ALTNAME_INVALID: "has a certificate for another name",
};

/** What went wrong, for the delivery log: never the address itself, which may be a secret. */
function failureWords(cause: unknown): string {
  if (cause instanceof ClosedDestination) return cause.message;
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "unknown";
  return WORDS[code] ?? `could not be reached (${code})`;
}
