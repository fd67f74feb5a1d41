/** The SQLSTATE that PostgreSQL answered with, or the system's code of a socket error. */
export const sqlStateOf = (cause: unknown): string | undefined =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
