import { z } from "zod";

import { fail, type ErrorCode } from "@/lib/kernel/result";

type Refusal = ReturnType<typeof fail>;

/** Guards of the store, by their message, and what they mean to a caller. Commands check the same first; these catch what ran beside them. */
const GUARDS: readonly [text: string, code: ErrorCode, message: string][] = [
  ["chart: a cycle", "chart_cycle", "A node cannot stand below itself."],
  ["chart: a second root", "chart_second_root", "The chart has one root already."],
  ["grant: this agent has it already", "conflict", "The agent has this grant already."],
  ["demo: the organisation is not empty", "demo_needs_empty", "The demo needs an empty organisation."],
  ["demo: this organisation is not a demo", "demo_only", "This organisation is not a demo."],
];

/** PostgreSQL's own codes. */
const STATES: Readonly<Record<string, [code: ErrorCode, message: string]>> = {
  "23505": ["conflict", "Something of this name exists already."],
  "23503": ["conflict", "Something that this refers to is gone."],
  "23001": ["conflict", "Something still depends on this."],
  "40001": ["conflict", "Somebody changed the same at this moment. Try again."],
  "40P01": ["conflict", "Somebody changed the same at this moment. Try again."],
};

const databaseFault = z.object({
  meta: z.object({
    driverAdapterError: z.object({ cause: z.object({ originalCode: z.string(), originalMessage: z.string() }) }),
  }),
});

/** The refusal that an error of the database stands for, or null when nobody foresaw it. Never repeats the database's own text. */
export function refusalOf(cause: unknown): Refusal | null {
  const fault = databaseFault.safeParse(cause);
  if (!fault.success) return null;
  const { originalCode, originalMessage } = fault.data.meta.driverAdapterError.cause;
  const guard = GUARDS.find(([text]) => originalMessage.includes(text));
  if (guard) return fail(guard[1], guard[2]);
  const state = STATES[originalCode];
  return state ? fail(state[0], state[1]) : null;
}
