import type { Context } from "hono";

import type { Gate } from "@/lib/gate/gate";
import { notFound, Problem } from "@/lib/gate/problem";
import type { RunEntry } from "@/lib/gate/run-entry";
import { standingOf, tokenStandingOf } from "@/lib/gate/standing";
import { parseSecret, type SecretKind } from "@/lib/kernel/secret";

/** What a caller shows: a credential, a run's token or a task's, not looked up yet. */
export interface Bearer {
  kind: SecretKind;
  secret: string;
  hash: Buffer;
  /** The hash as text. */
  key: string;
}

/** Headers whose text was read before: a run sends the same with each request. What the token is good for is looked up every time. */
const read = new Map<string, Bearer>();
const REMEMBERED = 10_000;

/**
 * The bearer token of an Authorization header.
 * @throws Problem `unauthenticated`, `token_invalid` or `token_malformed`.
 */
export function bearerOfHeader(header: string | undefined): Bearer {
  const known = header === undefined ? undefined : read.get(header);
  if (known) return known;
  const bearer = readBearer(header);
  if (read.size >= REMEMBERED) read.clear();
  if (header !== undefined && bearer.kind === "rmr") read.set(header, bearer);
  return bearer;
}

function readBearer(header: string | undefined): Bearer {
  if (header === undefined || header === "") {
    throw new Problem("unauthenticated", "Send Authorization: Bearer with a credential or a run's token.");
  }
  const secret = /^Bearer +(\S+)$/i.exec(header)?.[1] ?? "";
  const parsed = parseSecret(secret);
  if (parsed.ok) return { kind: parsed.kind, secret, hash: parsed.hash, key: parsed.hash.toString("hex") };
  if (parsed.fault === "malformed") throw new Problem("token_malformed", "This token is truncated or altered.");
  throw new Problem("token_invalid", "This is not a token of Remit.");
}

export const bearerOf = (c: Context): Bearer => bearerOfHeader(c.req.header("authorization"));

/**
 * The run of the presented token, as remembered; what may be out of date in it is found by whoever commits.
 * @throws Problem `token_invalid`.
 */
export async function runOfToken(gate: Gate, bearer: Bearer): Promise<RunEntry> {
  if (bearer.kind !== "rmr") throw new Problem("token_invalid", "This call takes a run's token, not a credential.");
  const known = gate.runs.known(bearer.key);
  if (known) return known;
  const { version } = gate.snapshots.current ?? (await gate.guard.wait(gate.snapshots.get()));
  const run = await gate.guard.wait(gate.runs.byHash(bearer.hash, version));
  if (!run) throw new Problem("token_invalid", "This run's token is not known.");
  return run;
}

/**
 * The run that a path names, by its own token; a foreign run does not exist.
 * @throws Problem `token_invalid`, `not_found`.
 */
export async function runOfPath(gate: Gate, c: Context): Promise<RunEntry> {
  const bearer = bearerOf(c);
  const run = await runOfToken(gate, bearer);
  if (run.id !== c.req.param("id")) throw notFound("run");
  return run;
}

/** The run as stored now. `act`: it must be open; `read`: its token must be good. */
export async function freshRun(gate: Gate, run: RunEntry, use: "act" | "read"): Promise<RunEntry> {
  const { version } = await gate.guard.wait(gate.snapshots.get());
  await gate.guard.wait(gate.runs.reload([run], version));
  const fault = use === "act" ? standingOf(run.state, Date.now()) : tokenStandingOf(run.state, Date.now());
  if (fault) throw fault;
  return run;
}
