import { z } from "@hono/zod-openapi";

export const idParams = z.object({ id: z.uuid().openapi({ param: { name: "id", in: "path" } }) });

export const idempotencyHeaders = z.object({
  "Idempotency-Key": z
    .string()
    .min(1)
    .max(200)
    .optional()
    .openapi({
      param: { name: "Idempotency-Key", in: "header" },
      description: "A repeat with the same key returns the first answer; with other content it is refused with 409.",
    }),
});
