import { Environment } from "@marcbachmann/cel-js";

import { benchSimulation } from "@/e2e/bench/simulation";
import { decide } from "@/lib/decisions/decide";
import { action, grant, ids, NOTHING_USED, NOW, request, rows } from "@/lib/decisions/sample";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import type { Request, Snapshot } from "@/lib/decisions/types";
import type { JsonObject } from "@/lib/kernel/json";
import { refill } from "@/lib/policies/cel/meter";
import { evaluateRules } from "@/lib/policies/evaluate";
import { Variables } from "@/lib/policies/variables";

/** Ten parameters of the usual kinds. */
const PROPERTIES: JsonObject = {
  id: { type: "string" },
  amount: { type: "number" },
  count: { type: "integer" },
  note: { type: "string" },
  region: { type: "string" },
  urgent: { type: "boolean" },
  share: { type: "number" },
  owner: { type: "string" },
  tags: { type: "array", items: { type: "string" } },
  stage: { type: "string" },
};
const ARGS: JsonObject = {
  id: "A-7",
  amount: 250.5,
  count: 3,
  note: "as agreed on the phone",
  region: "EMEA",
  urgent: false,
  share: 0.1,
  owner: "ana",
  tags: ["vip", "renewal"],
  stage: "won",
};
const SCHEMA: JsonObject = { type: "object", properties: PROPERTIES };

/** None of them holds, so that each is evaluated to its end and nothing is written into the trace. */
const conditionOf = (at: number): string => {
  const kinds = [
    `args.amount > ${1000 + at}.0 && args.region == "EMEA"`,
    `args.count > ${100 + at} || (args.urgent && args.share > 0.5)`,
    `args.note.startsWith("refund ${at}") || args.owner == "o${at}"`,
    `args.stage == "lost" && args.share * 100.0 > ${at}.0`,
    `"blocked-${at}" in args.tags`,
  ];
  return kinds[at % kinds.length] ?? "false";
};

const ruleOf = (at: number, actionId: string) => ({
  id: `r${at}`,
  match: { actions: [actionId] },
  when: conditionOf(at),
  effect: "escalate",
});

function snapshotOf(actions: number, rulesEach: number): Snapshot {
  const names = Array.from({ length: actions }, (_, at) => `bench.act${at}`);
  const rules = names.flatMap((name, at) =>
    Array.from({ length: rulesEach }, (_, rule) => ruleOf(at * rulesEach + rule, name)),
  );
  return compileSnapshot(
    rows({
      actions: names.map((name) => action(name, { args: SCHEMA })),
      grants: [grant(ids.desk, "bench.*")],
      policies: [{ id: "p", version: 1, rules }],
    }),
  );
}

const asked: Request = request("bench.act0", ARGS);

/** Our evaluation of the rules of one action on one request: its variables are made anew, as for every decision. */
function evaluation(snapshot: Snapshot): () => number {
  const agent = snapshot.agents.get(ids.desk);
  const known = snapshot.actions.get("bench.act0");
  if (!agent || !known) throw new Error("the bench's organisation is incomplete");
  const source = {
    agent,
    action: known,
    request: asked,
    usage: NOTHING_USED,
    now: NOW,
    factActions: snapshot.factActions,
    timeZone: snapshot.settings.timeZone,
  };
  return () => {
    refill();
    const variables = new Variables(source, known.typing());
    return evaluateRules(known.rules, agent.id, () => variables).considered;
  };
}

/** The library alone on the same conditions and arguments, compiled beforehand, with the types that it needs to check them. */
function bareLibrary(rules: number): () => number {
  const fields = { id: "string", amount: "double", count: "int", note: "string", region: "string", urgent: "bool" };
  class Args {
    declare count: bigint;
  }
  const environment = new Environment()
    .registerType("Args", {
      ctor: Args,
      fields: { ...fields, share: "double", owner: "string", tags: "list<string>", stage: "string" },
    })
    .registerVariable("args", "Args");
  const programs = Array.from({ length: rules }, (_, at) => {
    const parsed = environment.parse(conditionOf(at));
    const { valid, error } = parsed.check();
    if (!valid) throw error ?? new Error("a condition of the bench is not valid");
    return parsed;
  });
  return () => {
    const args = Object.assign(new Args(), ARGS, { count: 3n });
    let held = 0;
    for (const program of programs) if (program({ args }) === true) held += 1;
    return held;
  };
}

/**
 * Microseconds a call: the first decile of rounds in which all take turns. What else the machine does only ever adds to a round, and
 * meets all alike; the quickest rounds are those that it left alone.
 */
function measured(bodies: Record<string, () => number>, rounds = 41, roundMs = 20): Record<string, number> {
  const names = Object.keys(bodies);
  const times = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = -5; round < rounds; round += 1) {
    for (const name of names) {
      const body = bodies[name] ?? (() => 0);
      const begun = performance.now();
      let calls = 0;
      while (performance.now() - begun < roundMs) {
        for (let at = 0; at < 10; at += 1) body();
        calls += 10;
      }
      if (round >= 0) times.get(name)?.push(((performance.now() - begun) * 1_000) / calls);
    }
  }
  return Object.fromEntries(
    names.map((name) => [name, times.get(name)?.toSorted((a, b) => a - b)[Math.floor(rounds / 10)] ?? Number.NaN]),
  );
}

/** What rules cost, beside the bare library and beside a small set of them. */
function benchPolicies(): string {
  const hundred = measured({ bare: bareLibrary(100), ours: evaluation(snapshotOf(1, 100)) });
  const few = snapshotOf(1, 20);
  const many = snapshotOf(500, 20);
  const indexed = measured({
    few: () => decide(few, asked, NOTHING_USED, NOW).checks.length,
    many: () => decide(many, asked, NOTHING_USED, NOW).checks.length,
  });
  const ratio = (a = Number.NaN, b = Number.NaN): string => (a / b).toFixed(2);
  const us = (value = Number.NaN): string => `${value.toFixed(1)} µs`;
  return [
    "Rules, in one process:",
    `  100 rules on ten parameters: ${us(hundred.ours)}, the bare library ${us(hundred.bare)}: ${ratio(hundred.ours, hundred.bare)}× (wanted: at most 1.3)`,
    `  a decision under 10,000 rules of 500 actions: ${us(indexed.many)}, under its 20 alone ${us(indexed.few)}: ${ratio(indexed.many, indexed.few)}× (wanted: at most 1.5)`,
  ].join("\n");
}

process.stdout.write(`${benchPolicies()}\n`);
process.stdout.write(`${await benchSimulation()}\n`);
