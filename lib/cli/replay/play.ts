import type { ActionName } from "@/lib/cli/replay/mapping";
import { isExpected, faultOf, type Fault } from "@/lib/cli/replay/expected";
import type { Journal } from "@/lib/cli/replay/journal";
import type { ToolCall, Transcript } from "@/lib/cli/replay/transcript";
import type { RemitClient, RunClient } from "@/lib/client/client";
import { RemitProblem, type Answer, type RunEvent, type StartRun } from "@/lib/client/wire";

/** What became of one tool call. */
export interface Played {
  action: string;
  effect: "allow" | "deny" | "escalate" | "refused";
  code: string;
  message: string;
  review: boolean;
  /** null: the gate could not take the request. */
  decisionId: string | null;
  line: number;
  /** Against what the transcript expects: null where it expects nothing, or the call did not succeed. */
  judged: Judged | null;
}

/** Whether a call that succeeded was right, and if not how it was wrong. */
type Judged = { right: true } | { right: false; fault: Fault };

export interface Stage {
  client: RemitClient;
  mode: "live" | "shadow";
  actionOf: ActionName;
  /** Whether an action changes something. */
  isWrite(action: string): boolean;
  journal: Journal;
  /** Stands before every idempotency key, so that a second replay makes runs of its own. */
  session: string;
  /** Name of the file, for the run's trigger. */
  source: string;
  now(): Date;
}

/** Texts of one event; a request may have 1 MiB. */
const TEXT_MAX = 100_000;
const VALUE_MAX = 400_000;
/** The gate's own limits are 1,000 events and 1 MiB. */
const BATCH_BYTES = 500_000;
const BATCH_EVENTS = 500;

/**
 * Plays one transcript as a run: each tool call is a decision, its result a tool event that names the decision, each answer of the model
 * an llm event (unpriced: transcripts carry no prices), each text a step or an output. History goes on whatever is decided.
 * Every write carries an idempotency key or a client id, so that what is repeated after a lost answer happens once.
 */
export async function play(stage: Stage, transcript: Transcript, line: number): Promise<Played[]> {
  const key = `${stage.session}/${line}`;
  const run = await stage.client.startRun(startOf(stage, transcript, line), key);
  stage.journal.append({ kind: "run", runId: run.run.runId, key, line });
  const reporter = new Reporter(stage, run);
  const played: Played[] = [];
  let text: string | null = null;
  for (const [index, beat] of transcript.beats.entries()) {
    if (beat.kind === "user") {
      reporter.add({ id: `${index}.user`, kind: "step", name: "user", message: beat.text.slice(0, TEXT_MAX) });
      continue;
    }
    reporter.add({
      id: `${index}.llm`,
      kind: "llm",
      model: transcript.model ?? "unknown",
      inputTokens: beat.usage.input,
      outputTokens: beat.usage.output,
      completion: bounded({ content: beat.text, toolCalls: beat.calls.map(({ name, args }) => ({ name, args })) }),
    });
    if (beat.text !== null) {
      text = beat.text.slice(0, TEXT_MAX);
      reporter.add({ id: `${index}.text`, kind: "output", name: "assistant", message: text });
    }
    for (const [at, call] of beat.calls.entries()) {
      // Facts of earlier results bind this decision.
      await reporter.flush();
      const asked = await ask(stage, run, reporter, call, `${index}.${at}`);
      played.push({ ...asked, line, judged: judgedOf(stage, transcript, call) });
    }
  }
  await reporter.flush();
  await run.complete({ outcome: transcript.outcome, ...(text === null ? {} : { output: { text } }) });
  stage.journal.append({ kind: "complete", runId: run.run.runId });
  return played;
}

function startOf(stage: Stage, transcript: Transcript, line: number): StartRun {
  const { model, instruction, subject, reference, beats } = transcript;
  const first = beats.find((beat) => beat.kind === "user");
  const start: StartRun = {
    trigger: {
      kind: "replay",
      source: stage.source.slice(0, 500),
      reference: `line ${line}${reference === null ? "" : ` (${reference})`}`.slice(0, 500),
    },
    mode: stage.mode,
    ttlSeconds: 300,
  };
  if (first) start.input = { message: first.text.slice(0, TEXT_MAX) };
  if (instruction !== null) start.instruction = instruction.slice(0, TEXT_MAX);
  if (subject !== null) start.onBehalfOf = { subject: subject.slice(0, 500) };
  if (model !== null) start.model = model.slice(0, 200);
  return start;
}

function judgedOf({ isWrite, actionOf }: Stage, { expected }: Transcript, call: ToolCall): Judged | null {
  if (expected === null || !call.ok || call.result === undefined) return null;
  if (isExpected(call, expected)) return { right: true };
  return { right: false, fault: faultOf(call, expected, (name) => isWrite(actionOf(name))) };
}

type Asked = Omit<Played, "line" | "judged">;

async function ask(stage: Stage, run: RunClient, reporter: Reporter, call: ToolCall, id: string): Promise<Asked> {
  const action = stage.actionOf(call.name);
  const key = `${run.run.runId}/${id}`;
  let answer: Answer;
  try {
    answer = await run.ask({ action, args: call.args }, key);
  } catch (cause) {
    // What the gate cannot take at all (too large, too deep) is part of the result of the replay, not its end.
    if (!(cause instanceof RemitProblem) || (cause.status !== 400 && cause.status !== 413)) throw cause;
    return { action, effect: "refused", code: cause.code, message: cause.message, review: false, decisionId: null };
  }
  const { decisionId, effect, code, message, review } = answer;
  stage.journal.append({ kind: "decision", runId: run.run.runId, decisionId, key, action, effect });
  if (call.result !== undefined) {
    const outcome = call.ok ? { ok: true, result: bounded(call.result) } : { ok: false, error: bounded(call.result) };
    reporter.add({ id: `${id}.tool`, kind: "tool", name: action, decisionId, ...outcome });
  }
  return { action, effect, code, message, review: review !== undefined, decisionId };
}

/** What is too large for one event is left out, and that it was is said. */
function bounded(value: unknown): unknown {
  const bytes = Buffer.byteLength(JSON.stringify(value) ?? "");
  return bytes > VALUE_MAX ? { leftOut: `${bytes} bytes` } : value;
}

/** Gathers events and sends them together, in order. */
class Reporter {
  #waiting: RunEvent[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly run: RunClient,
  ) {}

  add(event: { id: string; kind: RunEvent["kind"] } & Record<string, unknown>): void {
    this.#waiting.push({ at: this.stage.now().toISOString(), ...event });
  }

  async flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const events = this.#next();
      const { accepted, duplicates, rejected } = await this.run.events(events);
      const refused = new Map(rejected.map((one) => [one.id, one.code]));
      const ids = events.map((event) => event.id).filter((id) => !refused.has(id));
      this.stage.journal.append({ kind: "events", runId: this.run.run.runId, ids, accepted, duplicates });
      const [first] = refused;
      if (first) throw new RemitProblem(400, first[1], `The gate refused event ${first[0]}: ${first[1]}.`);
    }
  }

  #next(): RunEvent[] {
    const batch: RunEvent[] = [];
    let bytes = 0;
    for (const event of this.#waiting) {
      bytes += Buffer.byteLength(JSON.stringify(event));
      if (batch.length > 0 && (bytes > BATCH_BYTES || batch.length === BATCH_EVENTS)) break;
      batch.push(event);
    }
    this.#waiting = this.#waiting.slice(batch.length);
    return batch;
  }
}
