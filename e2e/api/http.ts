/** One call as any client makes it: nothing is hidden, so that a test sees status, headers and body. */
export interface Answer {
  status: number;
  headers: Headers;
  // A test reads whatever field it is about; the shape is what it checks.
  body: Record<string, unknown>;
}

export interface Call {
  bearer?: string;
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  raw?: string;
  key?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export async function call(
  url: string,
  method: "GET" | "POST" | "PUT",
  path: string,
  { bearer, body, raw, key, headers, signal }: Call = {},
): Promise<Answer> {
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      ...(text !== undefined && { "content-type": "application/json" }),
      ...(key !== undefined && { "idempotency-key": key }),
      ...headers,
    },
    ...(text !== undefined && { body: text }),
    ...(signal && { signal }),
  });
  const answer = await response.text();
  return { status: response.status, headers: response.headers, body: answer === "" ? {} : JSON.parse(answer) };
}

/** A run that a test has started. */
export interface TestRun {
  id: string;
  token: string;
  ask(
    action: string,
    args?: object,
    more?: { key?: string; approvalId?: string; evidence?: object; resource?: object; estimate?: object },
  ): Promise<Answer>;
  post(path: string, body: unknown, key?: string): Promise<Answer>;
}

export async function startRun(url: string, bearer: string, more: object = {}): Promise<TestRun> {
  const started = await call(url, "POST", "/runs", { bearer, body: { trigger: { kind: "test" }, ...more } });
  if (started.status !== 201) throw new Error(`no run: ${started.status} ${JSON.stringify(started.body)}`);
  const id = String(started.body.runId);
  const token = String(started.body.token);
  const post = (path: string, body: unknown, key?: string) =>
    call(url, "POST", `/runs/${id}${path}`, { bearer: token, body, ...(key !== undefined && { key }) });
  return {
    id,
    token,
    post,
    ask: (action, args = {}, { key, ...rest } = {}) => post("/decisions", { action, args, ...rest }, key),
  };
}
