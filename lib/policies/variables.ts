import { isActionId } from "@/lib/catalogue/match";
import type { Request, Usage } from "@/lib/decisions/types";
import type { ActionView, AgentView } from "@/lib/decisions/views";
import { usd } from "@/lib/kernel/money";
import type { ArgsTyping } from "@/lib/policies/cel/typing";
import { toCel } from "@/lib/policies/cel/values";
import {
  CelAction,
  CelAgent,
  CelEvidence,
  CelOnBehalfOf,
  CelOrganisation,
  CelRun,
  CelRunUsage,
  CelUsage,
} from "@/lib/policies/cel/variables";

/** What one request puts before the conditions; made per decision. */
interface VariablesSource {
  agent: AgentView;
  /** undefined: not in the catalogue. */
  action: ActionView | undefined;
  request: Request;
  usage: Usage;
  now: Date;
  /** Actions that yield facts: those without one yet read as an empty map, so that `in` can ask. */
  factActions: readonly string[];
  /** The organisation's, by IANA name. */
  timeZone: string;
}

/** The variables of a condition. Each is made when a condition first reads it, and once. */
export class Variables {
  #agent: CelAgent | undefined;
  #action: CelAction | undefined;
  #run: CelRun | undefined;
  #usage: CelUsage | undefined;
  #facts: object | undefined;
  #evidence: CelEvidence | undefined;
  #resource: unknown;

  constructor(
    private readonly source: VariablesSource,
    private readonly typing: ArgsTyping,
  ) {}

  /** Every rule reads it, often more than once: from the second time on it is a plain property, which is faster to read. */
  get args(): unknown {
    const value = this.typing.convert(this.source.request.args);
    Object.defineProperty(this, "args", { value, enumerable: true });
    return value;
  }

  get now(): Date {
    return this.source.now;
  }

  get organisation(): CelOrganisation {
    return new CelOrganisation(this.source.timeZone);
  }

  get resource(): unknown {
    return (this.#resource ??= toCel(this.source.request.resource ?? {}));
  }

  get agent(): CelAgent {
    const { id, slug, name, tier, version } = this.source.agent;
    return (this.#agent ??= new CelAgent(id, slug, name, tier, BigInt(version)));
  }

  get action(): CelAction {
    const known = this.source.action;
    this.#action ??= known
      ? new CelAction(known.id, known.systemId, known.kind, known.reversibility, known.impact, known.dataClasses)
      : unclassified(this.source.request.action);
    return this.#action;
  }

  get run(): CelRun {
    const { run } = this.source.request;
    return (this.#run ??= new CelRun(
      run.id,
      run.mode,
      BigInt(run.depth),
      run.startedAt,
      toCel(run.trigger),
      run.model ?? undefined,
      run.instruction ?? undefined,
      run.dataClasses,
      run.onBehalfOf
        ? new CelOnBehalfOf(run.onBehalfOf.subject, run.onBehalfOf.authenticatedAt ?? undefined)
        : undefined,
    ));
  }

  get usage(): CelUsage {
    const { run } = this.source.usage;
    return (this.#usage ??= new CelUsage(
      new CelRunUsage(
        BigInt(run.decisions),
        BigInt(run.denials),
        BigInt(run.escalations),
        BigInt(run.events),
        BigInt(run.inputTokens),
        BigInt(run.outputTokens),
        usd(run.costMicroUsd),
        BigInt(run.unpricedCalls),
      ),
    ));
  }

  get evidence(): CelEvidence {
    const given = this.source.request.evidence ?? {};
    return (this.#evidence ??= new CelEvidence(
      given.reason,
      given.confidence,
      given.sources?.map((one) => toCel(one)),
      given.references?.map((one) => toCel(one)),
      given.alternatives?.map((one) => toCel(one)),
      given.proposedAction === undefined ? undefined : toCel(given.proposedAction),
    ));
  }

  /** Each action's facts are converted when a condition reads them. */
  get facts(): object {
    if (this.#facts) return this.#facts;
    const { facts } = this.source.request.run;
    const result = {};
    for (const actionId of new Set([...this.source.factActions, ...Object.keys(facts)])) {
      if (!isActionId(actionId)) continue;
      let converted: unknown;
      const own = Object.hasOwn(facts, actionId) ? facts[actionId] : undefined;
      Object.defineProperty(result, actionId, {
        enumerable: true,
        get: () => (converted ??= toCel({ ...own })),
      });
    }
    this.#facts = result;
    return result;
  }
}

const unclassified = (id: string): CelAction =>
  new CelAction(id, id.split(".", 1)[0] ?? "", "unclassified", "irreversible", "high", []);
