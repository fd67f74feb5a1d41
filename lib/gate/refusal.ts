import { Problem, unavailable } from "@/lib/gate/problem";
import { isStoreAway } from "@/lib/gate/store-away";

/** A refusal as it goes over the wire, whatever serves it. */
interface Refusal {
  status: number;
  headers: Record<string, string>;
  text: string;
}

export function refusalOf(problem: Problem): Refusal {
  const headers: Record<string, string> = { "content-type": "application/problem+json" };
  if (problem.status === 401) headers["www-authenticate"] = 'Bearer realm="remit"';
  if (problem.status === 503) headers["retry-after"] = "1";
  return { status: problem.status, headers, text: JSON.stringify(problem.body) };
}

/** What a caller is told of anything that was thrown: never the error's own text. */
export function problemOfCause(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  if (isStoreAway(cause)) return unavailable();
  return new Problem("internal", "The request failed. It has been logged.");
}
