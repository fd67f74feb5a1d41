import type { z } from "zod";

import { fail, ok, type Result } from "@/lib/kernel/result";

/** The input as its schema gives it, or `invalid_input` with the first issue's path. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, raw: unknown): Result<z.output<Schema>> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return fail(
    "invalid_input",
    issue?.message ?? "The input is not valid.",
    issue?.path.map(String).join(".") || undefined,
  );
}
