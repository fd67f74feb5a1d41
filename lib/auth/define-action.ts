import { revalidatePath } from "next/cache";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";

import { runAction, type ActionSpec } from "@/lib/auth/run-action";
import { getStoppingViewer, getViewer } from "@/lib/auth/session";
import type { CommandContext } from "@/lib/audit/change";
import { services, webLog } from "@/lib/auth/services";
import { parseInput } from "@/lib/kernel/parse";
import { fail, type Result } from "@/lib/kernel/result";

interface Revalidates {
  /** Paths to render anew after success, e.g. `/people/[id]` (then with its type page). */
  revalidate?: readonly string[];
}

interface Stops {
  /** It stops agents: it and the check before it have connections of their own, so that it works while everything else waits for one. */
  stops?: true;
}

/**
 * The only way to make a server action: session → input → permission on the node → command → mapped error → revalidate.
 * The answer is a Result; what was not foreseen is logged and answered as `internal`, so that no error text leaks.
 */
export function defineAction<Schema extends z.ZodType, T>(
  spec: ActionSpec<Schema, T> & Revalidates & Stops,
): (input: z.input<Schema>) => Promise<Result<T>> {
  const viewer = spec.stops ? getStoppingViewer : getViewer;
  return (input) => guarded(spec, async () => runAction(spec, await viewer(), input));
}

/** A server action for somebody who is not signed in (first run, invitation). Its command must hold on its own. */
export function definePublicAction<Schema extends z.ZodType, T>(
  spec: {
    input: Schema;
    run: (services: Pick<CommandContext, "db" | "clock" | "newId">, input: z.output<Schema>) => Promise<Result<T>>;
  } & Revalidates,
): (input: z.input<Schema>) => Promise<Result<T>> {
  return (input) =>
    guarded(spec, async () => {
      const parsed = parseInput(spec.input, input);
      return parsed.ok ? await spec.run(services(), parsed.value) : parsed;
    });
}

async function guarded<T>(spec: Revalidates, body: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    const result = await body();
    if (result.ok) {
      for (const path of spec.revalidate ?? []) {
        if (path.includes("[")) revalidatePath(path, "page");
        else revalidatePath(path);
      }
    }
    return result;
  } catch (cause) {
    unstable_rethrow(cause);
    webLog().error({ err: cause }, "a server action failed");
    return fail("internal", "Something went wrong on our side. Nothing was changed.");
  }
}
