import type { Dice } from "@/lib/demo/dice";
import type { Act, Job } from "@/lib/demo/job";

const SERVICES = ["checkout", "search", "catalogue-api", "warehouse-sync", "web"] as const;
const TABLES = ["sessions", "carts", "search_log", "duplicate_addresses"] as const;

const readMetrics = (dice: Dice, service: string): Act => ({
  thought: "Numbers before opinions.",
  action: "deploy.read_metrics",
  args: { service, window: "15m" },
  result: { service, errorsPerMinute: dice.int(0, 40), p95Ms: dice.int(60, 900) },
  ...(dice.chance(0.06) ? { fails: "The metrics store timed out." } : {}),
});

const readRepository = (dice: Dice, path: string): Act => ({
  thought: "I look at the code that changed.",
  action: "code.read_repository",
  args: { repository: dice.pick(SERVICES), path },
  result: { files: dice.int(1, 30) },
});

export const engineeringJobs: Job[] = [
  {
    agent: "release-manager",
    everySeconds: 70,
    trigger: (dice) => ({ kind: "webhook", source: "ci", reference: `build-${dice.int(4_000, 4_999)}` }),
    instruction: "Ship what is reviewed and green.",
    onBehalfOf: () => "employee:eli.marsh",
    plan: (dice) => {
      const service = dice.pick(SERVICES);
      const version = `${dice.int(2, 9)}.${dice.int(0, 40)}.${dice.int(0, 9)}`;
      return [
        readRepository(dice, "CHANGELOG.md"),
        readMetrics(dice, service),
        {
          thought: "Review passed, tests are green, errors are low.",
          action: "deploy.release",
          args: { service, version, share: 0.1 },
          resource: { type: "service", id: service },
          evidence: {
            reason: `Version ${version} has two approving reviews and a green build.`,
            confidence: 0.92,
            references: [
              { title: "Pull request", url: `https://code.larkfield.example/${service}/pull/${dice.int(800, 1_900)}` },
            ],
            alternatives: ["Wait for the morning", "Release to five percent"],
          },
          result: { releaseId: dice.ref("REL") },
        },
      ];
    },
    delegates: {
      agent: "canary",
      scope: ["deploy.*"],
      chance: 0.4,
      instruction: "Watch the release for fifteen minutes.",
      plan: (dice) => {
        const service = dice.pick(SERVICES);
        const watch = readMetrics(dice, service);
        const back: Act = {
          thought: "Errors doubled after the release.",
          action: "deploy.roll_back",
          args: { service },
          evidence: { reason: "The error rate doubled within four minutes.", confidence: 0.9 },
          result: { rolledBack: true },
        };
        return dice.chance(0.3) ? [watch, back] : [watch];
      },
    },
  },
  {
    agent: "code-reviewer",
    undoes: true,
    everySeconds: 20,
    trigger: (dice) => ({ kind: "webhook", source: "code", reference: `pull-${dice.int(800, 1_900)}` }),
    instruction: "Review the change.",
    plan: (dice) => {
      const comment: Act = {
        thought: "The null case on line 40 is not handled.",
        action: "code.comment",
        args: { pull: dice.int(800, 1_900), line: 40, text: "What happens when the cart is empty?" },
        evidence: { confidence: 0.88 },
        result: { commented: true },
      };
      const merge: Act = {
        thought: "It looks right to me, so I merge it.",
        action: "code.merge",
        args: { pull: dice.int(800, 1_900) },
        evidence: { reason: "All checks passed.", confidence: 0.9 },
        result: { merged: true },
      };
      return dice.chance(0.2) ? [readRepository(dice, "src"), comment, merge] : [readRepository(dice, "src"), comment];
    },
  },
  {
    agent: "dependency-keeper",
    everySeconds: 60,
    trigger: () => ({ kind: "schedule", source: "nightly" }),
    instruction: "Raise what is out of date.",
    plan: (dice) => [
      readRepository(dice, "package.json"),
      {
        thought: "Two patch releases.",
        action: "code.open_pull_request",
        args: { title: "Raise two patch versions", repository: dice.pick(SERVICES) },
        evidence: { confidence: 0.97 },
        result: { pull: dice.int(800, 1_900) },
      },
    ],
  },
  {
    agent: "docs-writer",
    everySeconds: 85,
    trigger: () => ({ kind: "schedule", source: "weekly" }),
    instruction: "Bring the handbook in step with the code.",
    plan: (dice) => [
      readRepository(dice, "docs"),
      {
        thought: "The chapter on returns names a screen that is gone.",
        action: "code.open_pull_request",
        args: { title: "Handbook: returns", repository: "handbook" },
        evidence: { confidence: 0.86 },
        result: { pull: dice.int(800, 1_900) },
      },
    ],
  },
  {
    agent: "on-call",
    everySeconds: 55,
    trigger: (dice) => ({ kind: "alarm", source: "monitoring", reference: dice.ref("ALM") }),
    instruction: "Find the cause and take the first safe step.",
    plan: (dice) => {
      const service = dice.pick(SERVICES);
      return [
        readMetrics(dice, service),
        {
          thought: "Memory grows without bound; a restart buys time.",
          action: "deploy.restart_service",
          args: { service },
          resource: { type: "service", id: service },
          evidence: { reason: "Memory is at 97 percent and rising.", confidence: 0.87 },
          result: { restarted: true },
        },
        readMetrics(dice, service),
      ];
    },
  },
  {
    agent: "data-janitor",
    everySeconds: 48,
    trigger: () => ({ kind: "schedule", source: "daily" }),
    instruction: "Remove what is stale or doubled.",
    plan: (dice) => {
      const table = dice.pick(TABLES);
      const recordCount = Math.round(dice.money(10, 2_400));
      return [
        {
          thought: "I count before I delete.",
          action: "warehouse.read_query",
          args: { sql: `select count(*) from ${table} where last_seen < now() - interval '400 days'` },
          result: { count: recordCount },
        },
        {
          thought: `${recordCount} rows have not been touched in 400 days.`,
          action: "warehouse.delete_rows",
          args: { table, recordCount },
          resource: { type: "table", id: table },
          evidence: { reason: "Older than the retention that the handbook names.", confidence: 0.9 },
          result: { deleted: recordCount },
        },
      ];
    },
  },
  {
    agent: "query-desk",
    everySeconds: 18,
    trigger: (dice) => ({ kind: "message", source: "slack", reference: dice.ref("MSG") }),
    instruction: "Answer the question from the warehouse.",
    onBehalfOf: (dice) => `employee:${dice.int(100, 180)}`,
    plan: (dice) => [
      {
        thought: "One query will do.",
        action: "warehouse.read_query",
        args: { sql: "select week, sum(total) from orders group by week order by week desc limit 8" },
        result: { rows: 8, latest: dice.int(180_000, 260_000) },
      },
    ],
  },
];
