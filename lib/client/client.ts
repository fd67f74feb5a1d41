import {
  RemitProblem,
  type Answer,
  type AppealRequest,
  type AppealStatus,
  type ApprovalQuestion,
  type ApprovalReply,
  type ApprovalStatus,
  type AskRequest,
  type Completion,
  type EventsReport,
  type RunEvent,
  type StartRun,
  type StartedRun,
  type Task,
  type TaskReport,
} from "@/lib/client/wire";

interface ClientOptions {
  /** Of the gate, e.g. `http://127.0.0.1:4000`. */
  baseUrl: string;
  /** How long a call is repeated while the gate cannot be reached or answers 503. Every repeat carries the same idempotency key, so nothing happens twice. */
  retryForMs?: number;
  signal?: AbortSignal;
}

interface Call {
  method: "GET" | "POST";
  path: string;
  bearer: string;
  body?: unknown;
  idempotencyKey?: string;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/** Starts runs with an agent's credential. */
export class RemitClient {
  constructor(
    private readonly credential: string,
    private readonly options: ClientOptions,
  ) {}

  /** Starts a run; the key makes a repeat after a lost answer return the same run. */
  async startRun(start: StartRun, idempotencyKey: string): Promise<RunClient> {
    const call: Call = { method: "POST", path: "/runs", bearer: this.credential, body: start, idempotencyKey };
    return new RunClient(await send<StartedRun>(this.options, call), this.options);
  }

  /** Tells a run that the person whom it acts for has signed in again: only the credential can. Then the run asks again. */
  reauthenticated(runId: string, subject: string, authenticatedAt: Date): Promise<unknown> {
    const body = { subject, authenticatedAt: authenticatedAt.toISOString() };
    return send(this.options, { method: "POST", path: `/runs/${runId}/authentication`, bearer: this.credential, body });
  }

  /** Fetches what people want undone of what this agent did, waiting for some; empty when the time is up. Nobody else gets them while leased. */
  async tasks({ waitSeconds = 20, limit = 1, leaseSeconds = 60 } = {}): Promise<Task[]> {
    const path = `/tasks?wait=${waitSeconds}&limit=${limit}&leaseSeconds=${leaseSeconds}`;
    const { tasks } = await send<{ tasks: Task[] }>(this.options, { method: "GET", path, bearer: this.credential });
    return tasks;
  }

  /** Says how a task went. A repeat changes nothing. */
  reportTask(id: string, report: TaskReport): Promise<unknown> {
    return send(this.options, { method: "POST", path: `/tasks/${id}`, bearer: this.credential, body: report });
  }
}

/** One run: asks, reports and completes under the run's token. */
export class RunClient {
  constructor(
    readonly run: StartedRun,
    private readonly options: ClientOptions,
  ) {}

  /** Asks for one action. `allow` means do it now; `escalate` carries an approval to wait for. */
  ask(request: AskRequest, idempotencyKey: string): Promise<Answer> {
    return this.post("/decisions", request, idempotencyKey);
  }

  /** Asks that a denial be reconsidered: a person answers, see {@link waitForAppeal}. */
  appeal(request: AppealRequest, idempotencyKey: string): Promise<AppealStatus> {
    return this.post("/appeals", request, idempotencyKey);
  }

  events(events: RunEvent[]): Promise<EventsReport> {
    return this.post("/events", { events });
  }

  heartbeat(): Promise<{ state: string; leaseUntil: string }> {
    return this.post("/heartbeat", {});
  }

  complete(completion: Completion): Promise<unknown> {
    return this.post("/complete", completion);
  }

  /** Starts a child run of another agent: this run's token is the proof of delegation. */
  async delegate(start: StartRun & { agent: string }, idempotencyKey: string): Promise<RunClient> {
    const call: Call = { method: "POST", path: "/runs", bearer: this.run.token, body: start, idempotencyKey };
    return new RunClient(await send<StartedRun>(this.options, call), this.options);
  }

  /**
   * Long-polls, heartbeating between polls, until the approval is no longer pending or `untilMs` (Unix time) has passed. Ask again with
   * `args` of the answer: a person may have changed them. `reply` is asked for what the person wants to know first; without it their
   * questions are passed over.
   */
  async waitForApproval(
    id: string,
    untilMs: number,
    waitSeconds = 20,
    reply?: (question: ApprovalQuestion) => ApprovalReply | Promise<ApprovalReply>,
  ): Promise<ApprovalStatus> {
    for (let seen = ""; ;) {
      const status = await this.get<ApprovalStatus>(`/approvals/${id}?wait=${waitSeconds}${seen}`);
      if (status.state !== "pending" || Date.now() >= untilMs) return status;
      const { question } = status;
      if (question) {
        if (reply) await this.answer(id, question.id, await reply(question));
        seen = `&seen=${question.id}`;
      }
      await this.heartbeat();
    }
  }

  /** Answers what a person asked about an approval, once. A repeat with the same content changes nothing. */
  answer(approvalId: string, questionId: string, reply: ApprovalReply): Promise<unknown> {
    const path = `/approvals/${approvalId}/answers`;
    return send(this.options, { method: "POST", path, bearer: this.run.token, body: { questionId, ...reply } });
  }

  /** As {@link waitForApproval}, until the appeal is answered. */
  async waitForAppeal(id: string, untilMs: number, waitSeconds = 20): Promise<AppealStatus> {
    for (;;) {
      const status = await this.get<AppealStatus>(`/appeals/${id}?wait=${waitSeconds}`);
      if (status.state !== "pending" || Date.now() >= untilMs) return status;
      await this.heartbeat();
    }
  }

  private get<T>(path: string): Promise<T> {
    return send<T>(this.options, { method: "GET", path, bearer: this.run.token });
  }

  private post<T>(path: string, body: unknown, idempotencyKey?: string): Promise<T> {
    const call: Call = { method: "POST", path: `/runs/${this.run.runId}${path}`, bearer: this.run.token, body };
    return send<T>(this.options, idempotencyKey === undefined ? call : { ...call, idempotencyKey });
  }
}

/** One call, repeated with growing pauses while the gate is away. Every other answer that is not 2xx is thrown as a {@link RemitProblem}. */
async function send<T>(options: ClientOptions, call: Call): Promise<T> {
  const giveUpAt = Date.now() + (options.retryForMs ?? 0);
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const answer = await once<T>(options, call);
    if (answer.done) return answer.value;
    if (options.signal?.aborted || Date.now() + pauseMs > giveUpAt) throw answer.problem;
    await new Promise<void>((wake) => void setTimeout(wake, pauseMs));
  }
}

type Attempt<T> = { done: true; value: T } | { done: false; problem: RemitProblem };

async function once<T>(options: ClientOptions, call: Call): Promise<Attempt<T>> {
  const headers: Record<string, string> = { authorization: `Bearer ${call.bearer}` };
  if (call.body !== undefined) headers["content-type"] = "application/json";
  if (call.idempotencyKey !== undefined) headers["idempotency-key"] = call.idempotencyKey;
  const init: RequestInit = { method: call.method, headers };
  if (call.body !== undefined) init.body = JSON.stringify(call.body);
  if (options.signal) init.signal = options.signal;
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${options.baseUrl}/api/v1${call.path}`, init);
    text = await response.text();
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    return {
      done: false,
      problem: new RemitProblem(0, "unreachable", `The gate at ${options.baseUrl} does not answer.`),
    };
  }
  if (response.ok) return { done: true, value: JSON.parse(text) };
  const problem = problemOf(response.status, text);
  if (response.status === 503) return { done: false, problem };
  throw problem;
}

function problemOf(status: number, text: string): RemitProblem {
  try {
    const { code, detail, title, field } = JSON.parse(text);
    return new RemitProblem(status, code ?? "unknown", detail ?? title ?? "The gate refused the call.", field);
  } catch {
    return new RemitProblem(status, "unknown", `The gate answered ${status}.`);
  }
}
