import { Logger } from "graphile-worker";

import type { Logger as Log } from "@/lib/server/log";

/** The job library's messages in our log: its chatter of every job goes to debug. */
export const queueLogger = (log: Log): Logger =>
  new Logger(() => (level, message, meta) => {
    const at = level === "error" ? "error" : level === "warning" ? "warn" : "debug";
    log[at](meta ?? {}, message);
  });
