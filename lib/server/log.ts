import pino, { type Logger } from "pino";

import { env } from "@/lib/server/env";

export type { Logger } from "pino";

/** Names under which a secret might be logged by mistake; their values never reach a log. */
const SECRET_PATHS = [
  "password",
  "token",
  "secret",
  "authorization",
  "*.password",
  "*.token",
  "*.secret",
  "*.authorization",
  "req.headers.authorization",
  "req.headers.cookie",
];

/**
 * One JSON object a line on stdout; the supervisor keeps the lines in REMIT_HOME/logs and shows warnings and errors. Lines that nobody reads any
 * more, since the supervisor was killed, are lost: pino's own writer would try them for ever, and the process with it.
 */
export function createLog(role: "web" | "gate" | "worker" | "cli"): Logger {
  process.stdout.on("error", () => undefined);
  const options = { level: env().LOG_LEVEL, base: { role }, redact: { paths: SECRET_PATHS, censor: "[redacted]" } };
  return pino(options, process.stdout);
}
