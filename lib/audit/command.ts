import type { z } from "zod";

import { change, type Change, type ChangeOptions, type CommandContext } from "@/lib/audit/change";
import { refusalOf } from "@/lib/audit/faults";
import { accessNow } from "@/lib/auth/access-now";
import { parseInput } from "@/lib/kernel/parse";
import { fail, type Result } from "@/lib/kernel/result";

/** What a command's body sees: who acts, and the open transaction. */
export interface Step extends Change, Pick<CommandContext, "actor" | "access" | "newId"> {}

/** A state change: whole by itself, or one step of a larger one. */
interface Command<Input, Output> {
  /** One transaction. A refusal is a value; what nobody foresaw is thrown. */
  (context: CommandContext, input: Input): Promise<Result<Output>>;
  /** The same inside an open change, whose caller commits or rolls back all of it. A database refusal is thrown there: the transaction is lost. */
  within(step: Step, input: Input): Promise<Result<Output>>;
}

/**
 * Makes a command: parse → transaction { authorise, lock, check, write, append audit }.
 * The body authorises, because it knows the node; constraints of the store that two concurrent commands can still hit are answered with their code.
 */
export function command<Schema extends z.ZodType, Output>(
  schema: Schema,
  options: ChangeOptions,
  body: (step: Step, input: z.output<Schema>) => Promise<Result<Output>>,
): Command<z.input<Schema>, Output> {
  const within = async (step: Step, input: z.input<Schema>): Promise<Result<Output>> => {
    const parsed = parseInput(schema, input);
    return parsed.ok ? body(step, parsed.value) : parsed;
  };
  const whole = (context: CommandContext, input: z.input<Schema>): Promise<Result<Output>> =>
    inOneChange(context, options, (step) => within(step, input));
  return Object.assign(whole, { within });
}

/**
 * One transaction for several commands. Refusals of the store are mapped as in {@link command}. What a person may do was read when their request
 * came, and is read again in here: a role that was taken since counts no longer. A change that rebinds decisions waits for every other such one
 * first, and those change roles.
 */
export async function inOneChange<T>(
  context: CommandContext,
  options: ChangeOptions,
  body: (step: Step) => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await change(context, options, async (open) => {
      const step = stepOf(context, open);
      if (context.access) {
        const access = await accessNow(open.tx, context.access.personId);
        if (!access) return fail("unauthenticated", "Your session has ended. Sign in again.");
        step.access = access;
      }
      return await body(step);
    });
  } catch (cause) {
    const refusal = refusalOf(cause);
    if (refusal) return refusal;
    throw cause;
  }
}

function stepOf(context: CommandContext, open: Change): Step {
  const step: Step = { ...open, actor: context.actor, newId: () => context.newId() };
  if (context.access) step.access = context.access;
  return step;
}

/** The person behind the change, for `createdById`; null for the operator and Remit itself. */
export const personOf = (step: Pick<Step, "actor">): string | null =>
  step.actor.kind === "person" ? step.actor.id : null;
