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

/** One JSON object a line on stdout; the supervisor keeps the lines in REMIT_HOME/logs and shows warnings and errors. */
export function createLog(role: "web" | "gate" | "worker" | "cli"): Logger {
  return pino({ level: env().LOG_LEVEL, base: { role }, redact: { paths: SECRET_PATHS, censor: "[redacted]" } });
}
