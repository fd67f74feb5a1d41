import { sqlStateOf } from "@/lib/gate/sql-state";

/** The store went away while it was asked, or before: nothing is known of what was sent. */
export class ConnectionLost extends Error {
  override name = "ConnectionLost";
}

const SOCKET = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);
/** Messages of `pg` for a connection that is gone, and for a pool or query that was waited for too long. */
const GONE =
  /Connection terminated|timeout expired|timeout exceeded|Query read timeout|not queryable|Client was closed/;

/** Whether an error says that the store cannot be reached, rather than that it refused a statement. */
export function isStoreAway(cause: unknown): boolean {
  if (cause instanceof ConnectionLost) return true;
  if (cause instanceof AggregateError) return cause.errors.some(isStoreAway);
  const code = sqlStateOf(cause);
  // 57P: shutting down, or this session was ended; 53300: too many connections; 08: connection exceptions.
  if (code !== undefined && (SOCKET.has(code) || /^(57P|08|53300)/.test(code))) return true;
  return cause instanceof Error && GONE.test(cause.message);
}
