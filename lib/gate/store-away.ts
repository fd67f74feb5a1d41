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

/** A lock was waited for too long, a statement took too long, or two changes waited for each other: undone as a whole, and worth another try. */
const BUSY = new Set(["55P03", "57014", "40P01", "40001"]);

/** Whether the store could not do it now, rather than not at all. */
export const isBusy = (cause: unknown): boolean => BUSY.has(sqlStateOf(cause) ?? "");
