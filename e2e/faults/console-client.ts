import { readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { ROOT } from "@/lib/db/root";
import type { Result } from "@/lib/kernel/result";

/** A server action as a browser calls it: by the id that the build gave it, on a page that carries it. */
export interface ConsoleAction {
  id: string;
  path: string;
}

const manifestSchema = z.object({
  node: z.record(
    z.string(),
    z.object({ workers: z.record(z.string(), z.unknown()), filename: z.string(), exportedName: z.string() }),
  ),
});

/** The action that `file` exports as `name`. Throws when the build knows none. */
export function consoleAction(file: string, name: string): ConsoleAction {
  const { node } = manifestSchema.parse(
    JSON.parse(readFileSync(join(ROOT, ".next/server/server-reference-manifest.json"), "utf8")),
  );
  const found = Object.entries(node).find(([, one]) => one.filename === file && one.exportedName === name);
  const [page] = Object.keys(found?.[1].workers ?? {});
  if (!found || page === undefined) throw new Error(`the build has no action ${name} of ${file}`);
  // `app/(console)/approvals/[id]/page` is served at `/approvals/…`.
  const path = page
    .replace(/^app|\/page$/g, "")
    .replaceAll(/\/\([^/]*\)/g, "")
    .replaceAll(/\[[^\]]*\]/g, "x");
  return { id: found[0], path };
}

/** Somebody who is signed in, on any web that shares the sessions' key. */
export class ConsoleClient {
  private constructor(private readonly cookie: string) {}

  /** Signs in as the page does, at the endpoints of next-auth. */
  static async signIn(url: string, email: string, password: string): Promise<ConsoleClient> {
    const asked = await fetch(`${url}/api/auth/csrf`);
    const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await asked.json());
    const response = await fetch(`${url}/api/auth/callback/credentials`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie: cookiesOf(asked), "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ csrfToken, email, password, json: "true", callbackUrl: url }),
    });
    const said = await response.text();
    const cookie = cookiesOf(response);
    if (!cookie.includes("session-token="))
      throw new Error(`${email} could not sign in: ${response.status} ${said.slice(0, 300)}`);
    return new ConsoleClient(cookie);
  }

  get(url: string, path: string, signal?: AbortSignal): Promise<Response> {
    return fetch(url + path, { headers: { cookie: this.cookie }, ...(signal && { signal }) });
  }

  /** Calls a server action; its argument and its answer are JSON. */
  async act(url: string, { id, path }: ConsoleAction, input: object): Promise<Result<unknown>> {
    const response = await fetch(url + path, {
      method: "POST",
      headers: {
        cookie: this.cookie,
        origin: url,
        "next-action": id,
        "content-type": "text/plain;charset=UTF-8",
        accept: "text/x-component",
      },
      body: JSON.stringify([input]),
    });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`the console answered ${response.status}: ${text.slice(0, 500)}`);
    return resultIn(text);
  }
}

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");

const resultSchema = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string(), message: z.string() }).loose() }),
]);

/** React's stream has a row for each part of the answer, `<hex>:<JSON>`; the first names the row that holds what the action returned. */
function resultIn(text: string): Result<unknown> {
  const rows = new Map(
    text.split("\n").map((row) => [row.slice(0, row.indexOf(":")), row.slice(row.indexOf(":") + 1)]),
  );
  const head = z.object({ a: z.string() }).parse(JSON.parse(rows.get("0") ?? "{}"));
  const answer = rows.get(head.a.replace(/^\$@?/, ""));
  return resultSchema.parse(JSON.parse(answer ?? "null")) as Result<unknown>;
}
