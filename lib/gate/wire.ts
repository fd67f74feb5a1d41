import { z } from "@hono/zod-openapi";

import { isActionId, isActionPattern } from "@/lib/catalogue/match";
import { isId } from "@/lib/kernel/ids";
import type { Json, JsonObject } from "@/lib/kernel/json";

/**
 * What the agents' API takes and gives. The same schemas check requests and make the OpenAPI document; unknown fields are refused.
 * JSON that agents send is kept as it came (`z.custom`, no copy): a body was parsed from JSON text, so it is JSON.
 */
const anyJson = z
  .custom<Json>((value) => value !== undefined, "must be a JSON value")
  .openapi({ description: "Any JSON value.", type: ["object", "array", "string", "number", "boolean", "null"] });
const jsonObject = z
  .custom<JsonObject>(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    "must be an object",
  )
  .openapi({ type: "object", additionalProperties: true });

/** What PostgreSQL keeps as text: no NUL and no half of a surrogate pair. */
const storable = (value: string): boolean => !/\p{Surrogate}|\0/u.test(value);
const text = (max: number) => z.string().min(1).max(max).refine(storable, "must be well-formed text without NUL");
const instant = z.iso.datetime({ offset: true, error: "must be an ISO 8601 time with a zone" });
const uuid = z
  .custom<string>((value) => typeof value === "string" && isId(value), "must be an id")
  .openapi({ type: "string", format: "uuid" });
const count = z.int().min(0).max(1_000_000_000);
const costUsd = z.number().min(0).max(1_000_000);
/** `*`, `crm.*`, `crm.read_*`, `crm.update_account` */
const pattern = z.string().refine(isActionPattern, "must be an action or a pattern such as crm.*");

export const MAX_EVENTS = 1_000;
/** The shortest and the longest silence after which a run counts as lost, and the usual one. */
const LEASE_SECONDS = { min: 5, max: 3_600, default: 60 } as const;

export const startRunSchema = z
  .strictObject({
    trigger: z.strictObject({ kind: text(100), source: text(500).optional(), reference: text(500).optional() }),
    input: anyJson.optional(),
    onBehalfOf: z.strictObject({ subject: text(500), authenticatedAt: instant.optional() }).optional(),
    instruction: text(100_000).optional(),
    model: text(200).optional(),
    mode: z.enum(["live", "shadow"]).optional().openapi({
      description:
        "`shadow`: decisions are computed and recorded, and answered as they would be, but an escalation asks nobody. The agent is not bound by the answers.",
    }),
    ttlSeconds: z
      .int()
      .min(LEASE_SECONDS.min)
      .max(LEASE_SECONDS.max)
      .optional()
      .openapi({
        description: `How long the run may be silent before it counts as lost; ${LEASE_SECONDS.default} unless given.`,
      }),
    agent: text(64).optional().openapi({
      description: "Of a child run, started with the parent's run token: the slug of the agent that is to act.",
    }),
    scope: z
      .array(pattern)
      .max(100)
      .optional()
      .openapi({ description: "Of a child run: patterns of actions that narrow what it may do." }),
  })
  .openapi("StartRun");

export const reauthenticationSchema = z
  .strictObject({
    subject: text(500).openapi({ description: "As the run names the person in `onBehalfOf`." }),
    authenticatedAt: instant,
  })
  .openapi("Reauthentication");
export const authenticationSchema = z
  .object({ runId: uuid, subject: z.string(), authenticatedAt: instant })
  .openapi("Authentication");

export const startedRunSchema = z
  .object({
    runId: uuid,
    token: z.string(),
    expiresAt: instant,
    leaseUntil: instant,
    agent: z.object({ id: uuid, slug: z.string(), tier: z.string(), version: z.int() }),
    parentRunId: uuid.optional(),
    limits: z.object({ leaseSeconds: z.int(), bodyBytes: z.int(), events: z.int() }),
  })
  .openapi("StartedRun");

const evidenceSchema = z.strictObject({
  reason: text(10_000).optional(),
  confidence: z.number().min(0).max(1).optional(),
  sources: z.array(anyJson).max(100).optional(),
  references: z.array(anyJson).max(100).optional(),
  alternatives: z.array(anyJson).max(100).optional(),
  proposedAction: anyJson.optional(),
});

export const decisionRequestSchema = z
  .strictObject({
    action: z.string().refine(isActionId, "must be system.verb"),
    args: jsonObject,
    resource: jsonObject.optional(),
    evidence: evidenceSchema.optional(),
    estimate: z.strictObject({ costUsd: costUsd.optional(), tokens: count.optional() }).optional(),
    approvalId: uuid.optional().openapi({
      description:
        "An approved approval of this run, for exactly this action, these arguments and this resource. It is used up.",
    }),
  })
  .openapi("DecisionRequest");
export type DecisionRequest = z.output<typeof decisionRequestSchema>;

export const decisionSchema = z
  .object({
    decisionId: uuid,
    effect: z.enum(["allow", "deny", "escalate"]),
    code: z.string(),
    message: z.string(),
    approval: z.object({ id: uuid, deadline: instant, waitUrl: z.string() }).optional(),
    review: z.object({ deadline: instant }).optional(),
    retryAfterMs: z.int().optional().openapi({ description: "Of `rate_limited`: who waits as long may ask again." }),
    shadow: z
      .literal(true)
      .optional()
      .openapi({ description: "The run is a shadow run: the answer does not bind the agent." }),
    windDown: z.boolean().openapi({ description: "An envelope is nearly used up: finish what is begun." }),
    remaining: z
      .object({ usd: z.number().optional(), tokens: z.number().optional(), calls: z.number().optional() })
      .openapi({
        description:
          "What is left of the envelopes that bind the run, the least of each; what is not limited is absent.",
      }),
  })
  .openapi("Decision");
export type DecisionAnswer = z.output<typeof decisionSchema>;

export const approvalSchema = z
  .object({
    state: z.enum(["pending", "approved", "rejected", "expired", "cancelled"]).openapi({
      description: "Some seconds may pass between a person's decision and this: until then they can take it back.",
    }),
    deadline: instant,
    decidedAt: instant.optional(),
    validUntil: instant.optional(),
    comment: z.string().optional(),
    args: jsonObject.optional().openapi({
      description: "The arguments that were approved. A person may have changed them: ask again with exactly these.",
    }),
    question: z.object({ id: uuid, text: z.string(), askedAt: instant }).optional().openapi({
      description: "What the person wants to know before they decide. Answer it, then wait on with `seen`.",
    }),
  })
  .openapi("Approval");
export type ApprovalAnswer = z.output<typeof approvalSchema>;

export const answerRequestSchema = z
  .strictObject({
    questionId: uuid,
    text: text(10_000).openapi({ description: "Plain text: the person reads it as it is." }),
    evidence: evidenceSchema.optional(),
  })
  .openapi("AnswerRequest");
export const answerSchema = z
  .object({ answerId: uuid, questionId: uuid, answeredAt: instant })
  .openapi("QuestionAnswer");

export const appealRequestSchema = z
  .strictObject({
    decisionId: uuid.openapi({ description: "A decision of this run that denied." }),
    reason: text(4_000).openapi({ description: "Why it should be reconsidered: a person reads it." }),
    evidence: evidenceSchema.optional(),
  })
  .openapi("AppealRequest");

export const appealSchema = z
  .object({
    appealId: uuid,
    state: z.enum(["pending", "upheld", "granted"]).openapi({ description: "`upheld`: the denial stands." }),
    outcome: z.enum(["permit", "change"]).optional().openapi({
      description:
        "Of a granted one. `permit`: ask again with `approvalId`, for exactly the same action, arguments and resource, once. `change`: what denied is being changed; ask again later.",
    }),
    decidedAt: instant.optional(),
    comment: z.string().optional(),
    approvalId: uuid.optional(),
    validUntil: instant.optional(),
  })
  .openapi("Appeal");
export type AppealAnswer = z.output<typeof appealSchema>;

export const waitQuerySchema = z.strictObject({
  wait: z.coerce.number().int().min(0).max(60).default(30).openapi({ description: "Seconds to wait for a decision." }),
});

export const approvalQuerySchema = waitQuerySchema.extend({
  seen: uuid.optional().openapi({
    description: "The latest question that this caller knows of: only later ones end the wait early.",
  }),
});

const eventBase = {
  id: text(200),
  at: instant,
  durationMs: z.int().min(0).max(2_147_483_647).optional(),
  parentEventId: text(200).optional(),
  name: text(500).optional(),
};
const llmEvent = z.strictObject({
  ...eventBase,
  kind: z.literal("llm"),
  model: text(200),
  temperature: z.number().optional(),
  inputTokens: count,
  outputTokens: count,
  cachedTokens: count.optional(),
  costUsd: costUsd.optional(),
  prompt: anyJson.optional(),
  completion: anyJson.optional(),
});
const toolEvent = z.strictObject({
  ...eventBase,
  kind: z.literal("tool"),
  decisionId: uuid.optional(),
  ok: z.boolean(),
  args: anyJson.optional(),
  result: anyJson.optional(),
  error: anyJson.optional(),
  costUsd: costUsd.optional().openapi({
    description: "What the call cost. Absent: what the decision reserved for it is taken to have been spent.",
  }),
  tokens: count.optional(),
  dataClasses: z.array(text(80)).max(64).optional().openapi({
    description:
      "Classes of data that the result holds, beyond what the catalogue says of the action: the run has touched them from now on.",
  }),
});
const freeEvent = z.strictObject({
  ...eventBase,
  kind: z.enum(["step", "output", "error", "log"]),
  level: text(50).optional(),
  message: z.string().max(100_000).optional(),
  data: anyJson.optional(),
});
export const eventSchema = z.discriminatedUnion("kind", [llmEvent, toolEvent, freeEvent]).openapi("Event");
export type RunEvent = z.output<typeof eventSchema>;

export const eventsRequestSchema = z.strictObject({ events: z.array(eventSchema).max(MAX_EVENTS) }).openapi("Events");
/** As checked first: each event is then checked alone, so that a bad one does not refuse the others. */
export const eventsEnvelopeSchema = z.strictObject({ events: z.array(anyJson) });

const state = z.enum(["continue", "wind_down", "halt"]).openapi({
  description:
    "`wind_down`: an envelope is nearly used up, finish what is begun. `halt`: stop now and complete the run.",
});
export const eventsReportSchema = z
  .object({
    accepted: z.int(),
    duplicates: z.int(),
    rejected: z.array(
      z.object({ id: z.string(), index: z.int(), code: z.string(), field: z.string().optional(), detail: z.string() }),
    ),
    retry: z.object({ afterMs: z.int(), attempt: z.int(), max: z.int() }).optional().openapi({
      description:
        "The latest tool result was an error, and trying again is worth it: retry number `attempt` of at most `max`, after at least `afterMs`. Absent after an error: do not try again, say what blocks the run.",
    }),
    state,
    reason: z.string().optional(),
  })
  .openapi("EventsReport");

export const heartbeatSchema = z
  .object({ state, reason: z.string().optional(), leaseUntil: instant })
  .openapi("Heartbeat");

export const completeSchema = z
  .strictObject({
    outcome: z.enum(["succeeded", "failed", "blocked", "halted"]),
    output: anyJson.optional(),
    followUp: anyJson.optional(),
    error: anyJson.optional(),
    blocker: z.strictObject({ reason: text(10_000), needs: text(10_000).optional() }).optional(),
  })
  .openapi("Complete");

export const completedSchema = z.object({ runId: uuid, outcome: z.string(), endedAt: instant }).openapi("Completed");

export const runSchema = z
  .object({
    id: uuid,
    agent: z.object({ id: uuid, slug: z.string() }),
    parentRunId: uuid.optional(),
    status: z.enum(["running", "succeeded", "failed", "blocked", "halted", "lost"]),
    mode: z.enum(["live", "shadow"]),
    startedAt: instant,
    leaseUntil: instant,
    endedAt: instant.optional(),
    decisions: z.int(),
    denials: z.int(),
    escalations: z.int(),
    events: z.int(),
    inputTokens: z.int(),
    outputTokens: z.int(),
    costUsd: z.number().openapi({ description: "Of the calls whose cost is known." }),
    unpricedCalls: z.int().openapi({ description: "Model calls whose cost is not known." }),
  })
  .openapi("Run");

export const meSchema = z
  .object({
    kind: z.enum(["credential", "run"]),
    agent: z.object({
      id: uuid,
      slug: z.string(),
      name: z.string(),
      status: z.string(),
      tier: z.string(),
      version: z.int(),
    }),
    credential: z.object({ name: z.string(), prefix: z.string(), expiresAt: instant.optional() }).optional(),
    run: z.object({ id: uuid, status: z.string(), expiresAt: instant }).optional(),
  })
  .openapi("Me");

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().openapi({ description: "Stable and machine-readable." }),
    detail: z.string(),
    field: z.string().optional(),
  })
  .openapi("Problem");
