import { z } from "@hono/zod-openapi";

import { isId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";

const jsonObject = z.custom<JsonObject>().openapi({ type: "object", additionalProperties: true });
const uuid = z
  .custom<string>((value) => typeof value === "string" && isId(value), "must be an id")
  .openapi({ type: "string", format: "uuid" });
const instant = z.iso.datetime({ offset: true });

export const tasksQuerySchema = z.strictObject({
  wait: z.coerce.number().int().min(0).max(60).default(30).openapi({ description: "Seconds to wait for a task." }),
  limit: z.coerce.number().int().min(1).max(20).default(1).openapi({ description: "At most so many at once." }),
  leaseSeconds: z.coerce
    .number()
    .int()
    .min(5)
    .max(3_600)
    .default(60)
    .openapi({ description: "How long nobody else gets them. Then they are offered again." }),
});

const taskSchema = z
  .object({
    id: uuid,
    kind: z.literal("rollback"),
    action: z.string().openapi({ description: "What is to be done." }),
    args: jsonObject,
    attempt: z.int().openapi({ description: "Which time it is handed out: name it in the report." }),
    leaseUntil: instant,
    deadline: instant.openapi({ description: "Not reported as done by then, it counts as failed." }),
    reason: z.string().openapi({ description: "Why, in words of the person who ordered it." }),
    undoes: z
      .object({ decisionId: uuid, runId: uuid, action: z.string(), args: jsonObject })
      .openapi({ description: "The action that is undone." }),
  })
  .openapi("Task");
export const tasksSchema = z.object({ tasks: z.array(taskSchema) }).openapi("Tasks");

export const taskReportSchema = z
  .strictObject({
    outcome: z.enum(["done", "failed"]),
    attempt: z.int().min(1),
    detail: z
      .string()
      .min(1)
      .max(2_000)
      .refine((value) => !/\p{Surrogate}|\0/u.test(value), "must be well-formed text without NUL")
      .optional()
      .openapi({ description: "How it went, for the people who read it." }),
  })
  .openapi("TaskReport");

export const reportedTaskSchema = z
  .object({ id: uuid, state: z.enum(["done", "failed"]), endedAt: instant })
  .openapi("ReportedTask");
