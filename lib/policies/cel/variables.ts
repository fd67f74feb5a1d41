/**
 * What a condition can read, beside `args`, `resource` and `facts`. Field names are part of the language of rules.
 * Instances are made per request; integers are bigints, as CEL has them; what is absent is undefined, and `has()` tells.
 */
export class CelAgent {
  constructor(
    readonly id: string,
    readonly slug: string,
    readonly name: string,
    readonly tier: string,
    readonly version: bigint,
  ) {}
}

export class CelAction {
  constructor(
    readonly id: string,
    readonly system: string,
    readonly kind: string,
    readonly reversibility: string,
    readonly impact: string,
    readonly dataClasses: readonly string[],
  ) {}
}

export class CelOnBehalfOf {
  constructor(
    readonly subject: string,
    readonly authenticatedAt: Date | undefined,
  ) {}
}

export class CelRun {
  constructor(
    readonly id: string,
    readonly mode: string,
    readonly depth: bigint,
    readonly startedAt: Date,
    readonly trigger: unknown,
    readonly model: string | undefined,
    readonly instruction: string | undefined,
    readonly dataClasses: readonly string[],
    readonly onBehalfOf: CelOnBehalfOf | undefined,
  ) {}
}

export class CelRunUsage {
  constructor(
    readonly decisions: bigint,
    readonly denials: bigint,
    readonly escalations: bigint,
    readonly events: bigint,
    readonly inputTokens: bigint,
    readonly outputTokens: bigint,
    readonly costUsd: number,
    readonly unpricedCalls: bigint,
  ) {}
}

export class CelUsage {
  constructor(readonly run: CelRunUsage) {}
}

export class CelEvidence {
  constructor(
    readonly reason: string | undefined,
    readonly confidence: number | undefined,
    readonly sources: readonly unknown[] | undefined,
    readonly references: readonly unknown[] | undefined,
    readonly alternatives: readonly unknown[] | undefined,
    readonly proposedAction: unknown,
  ) {}
}

export class CelOrganisation {
  constructor(readonly timeZone: string) {}
}

const TIMESTAMP = "google.protobuf.Timestamp";

/** Type name, class and fields of each, inner ones first. */
export const CEL_TYPES = [
  ["Agent", CelAgent, { id: "string", slug: "string", name: "string", tier: "string", version: "int" }],
  [
    "Action",
    CelAction,
    {
      id: "string",
      system: "string",
      kind: "string",
      reversibility: "string",
      impact: "string",
      dataClasses: "list<string>",
    },
  ],
  ["OnBehalfOf", CelOnBehalfOf, { subject: "string", authenticatedAt: TIMESTAMP }],
  [
    "Run",
    CelRun,
    {
      id: "string",
      mode: "string",
      depth: "int",
      startedAt: TIMESTAMP,
      trigger: "map<string, dyn>",
      model: "string",
      instruction: "string",
      dataClasses: "list<string>",
      onBehalfOf: "OnBehalfOf",
    },
  ],
  [
    "RunUsage",
    CelRunUsage,
    {
      decisions: "int",
      denials: "int",
      escalations: "int",
      events: "int",
      inputTokens: "int",
      outputTokens: "int",
      costUsd: "double",
      unpricedCalls: "int",
    },
  ],
  ["Organisation", CelOrganisation, { timeZone: "string" }],
  ["Usage", CelUsage, { run: "RunUsage" }],
  [
    "Evidence",
    CelEvidence,
    {
      reason: "string",
      confidence: "double",
      sources: "list",
      references: "list",
      alternatives: "list",
      proposedAction: "dyn",
    },
  ],
] as const;

/** Variable → type. `args` has the type that the action's schema gives it. */
export const CEL_VARIABLES = {
  agent: "Agent",
  action: "Action",
  resource: "map<string, dyn>",
  run: "Run",
  usage: "Usage",
  facts: "map<string, map<string, dyn>>",
  evidence: "Evidence",
  now: TIMESTAMP,
  organisation: "Organisation",
} as const;
