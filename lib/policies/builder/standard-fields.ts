import type { Field, FieldGroup, FieldType } from "@/lib/policies/builder/fields";
import { IMPACTS, KINDS, REVERSIBILITIES, TIERS } from "@/lib/tiers/matrices";

const of =
  (group: FieldGroup) =>
  (expression: string, label: string, type: FieldType, more: Pick<Field, "hint" | "options"> = {}): Field => ({
    expression,
    label,
    group,
    type,
    ...more,
  });

const person = of("Person it acts for");
const run = of("Run");
const used = of("Used so far");
const evidence = of("Evidence");
const agent = of("Agent");
const action = of("Action");

/** What every condition can look at, whatever the action. The names are those of lib/policies/cel/variables.ts. */
export const STANDARD_FIELDS: readonly Field[] = [
  person("run.onBehalfOf", "Acts for a person", "object", { hint: "Whether the run names somebody whom it acts for" }),
  person("run.onBehalfOf.subject", "Person it acts for", "text"),
  person("run.onBehalfOf.authenticatedAt", "Person signed in", "time", { hint: "When they last signed in" }),
  of("Time")("now", "Time of the decision", "clock", { hint: "Hour, day of the week, or an instant" }),
  run("run.mode", "Mode", "text", { options: ["live", "shadow"] }),
  run("run.trigger.kind", "Trigger", "text", { hint: "What started the run" }),
  run("run.trigger.source", "Source of the trigger", "text"),
  run("run.startedAt", "Start of the run", "time"),
  run("run.depth", "Depth of delegation", "integer", { hint: "0: nobody delegated it" }),
  run("run.model", "Model", "text"),
  run("run.instruction", "Instruction", "text"),
  run("run.dataClasses", "Data read so far", "list", { hint: "Classes such as pii of what the run has read" }),
  used("usage.run.costUsd", "Cost in US dollars", "number"),
  used("usage.run.decisions", "Decisions", "integer"),
  used("usage.run.denials", "Denials", "integer"),
  used("usage.run.escalations", "Escalations", "integer"),
  used("usage.run.events", "Events", "integer"),
  used("usage.run.inputTokens", "Input tokens", "integer"),
  used("usage.run.outputTokens", "Output tokens", "integer"),
  used("usage.run.unpricedCalls", "Calls without a price", "integer"),
  evidence("evidence.confidence", "Confidence", "number", { hint: "From 0 to 1" }),
  evidence("evidence.reason", "Reason", "text"),
  evidence("evidence.sources", "Sources", "list"),
  evidence("size(evidence.sources)", "Number of sources", "integer"),
  evidence("evidence.references", "References", "list"),
  evidence("evidence.alternatives", "Alternatives", "list"),
  agent("agent.slug", "Agent", "text"),
  agent("agent.tier", "Tier", "text", { options: TIERS }),
  agent("agent.version", "Version", "integer"),
  action("action.id", "Action", "text"),
  action("action.system", "System", "text"),
  action("action.kind", "Kind", "text", { options: KINDS }),
  action("action.reversibility", "Reversibility", "text", { options: REVERSIBILITIES }),
  action("action.impact", "Impact", "text", { options: IMPACTS }),
  action("action.dataClasses", "Data classes", "list"),
  of("Resource")("resource.type", "Kind of resource", "text"),
  of("Resource")("resource.id", "Resource", "text"),
];
