import { ConsoleClient } from "@/e2e/faults/console-client";
import { createCredential } from "@/lib/agents/credential-create";
import type { Db } from "@/lib/db/client";
import { makeWaiting } from "@/lib/inbox/many-testing";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { RemitClient, type RunClient } from "@/lib/client/client";
import { applyManifest } from "@/lib/manifest/apply";
import { hashPassword } from "@/lib/people/password";

export const PASSWORD = "quiet harbour 71 lanterns";
export const REVIEWERS = Array.from({ length: 20 }, (_, at) => `reviewer-${at + 1}@example.com`);

const MANIFEST = `
apiVersion: remit/v1
settings: {rates: {run: 100000000/s}}
people:
${REVIEWERS.map((email, at) => `  - {email: ${email}, name: Reviewer ${at + 1}, roles: [{role: reviewer, node: floor}]}`).join("\n")}
chart:
  - team: floor
    name: Sorting floor
    children:
      - {agent: sorter, name: Sorter, owner: ${REVIEWERS[0]}, tier: execute, purpose: Sorts what comes in, grants: ["crm.*"]}
systems:
  - id: crm
    name: Customers
    actions:
      - {id: crm.update_account, title: Update an account, kind: execute, impact: low, reversibility: reversible, args: {type: object, required: [account_id], properties: {account_id: {type: string}, amount: {type: number}}}}
policies:
  - id: looked-at
    rules:
      - {id: by-a-person, match: {actions: [crm.update_account]}, effect: escalate, to: [${REVIEWERS.join(", ")}], deadline: 10m, message: A person looks at it.}
`;

/** Twenty reviewers who are all asked for everything, and so many requests that wait. Answers the agent's open run. */
export async function organiseInbox(db: Db, gate: string, waiting: number): Promise<RunClient> {
  const context = { db, actor: { kind: "cli", id: "bench" }, clock: systemClock, newId } as const;
  const hash = await hashPassword(PASSWORD);
  const applied = await applyManifest(context, MANIFEST, {
    passwordHashes: new Map(REVIEWERS.map((email) => [email, hash])),
  });
  if (!applied.ok || applied.value.outcome !== "applied") throw new Error(JSON.stringify(applied));
  const { id: agentId } = await db.node.findUniqueOrThrow({ where: { slug: "sorter" } });
  const made = await createCredential(context, { agentId, name: "bench" });
  if (!made.ok) throw new Error(made.error.message);
  const client = new RemitClient(made.value.secret, { baseUrl: gate, retryForMs: 30_000 });
  const run = await client.startRun({ trigger: { kind: "bench" }, ttlSeconds: 3_600 }, newId());
  const people = await db.person.findMany({ where: { email: { in: REVIEWERS } }, select: { id: true } });
  const asked = people.map((person) => person.id);
  await makeWaiting(
    db,
    { count: waiting, ended: 0, runId: run.run.runId, agentId, asked, others: asked, rare: 1 },
    new Date(),
  );
  return run;
}

/** An open inbox without a window: it hears what a page would. */
interface Ear {
  /** When each item was heard of, in milliseconds of this machine's clock. */
  heard: Map<string, number>;
  close: () => void;
}

/** So many inboxes on the live stream, the reviewers in turn; both streams of a page are open. */
export async function openEars(web: string, count: number): Promise<Ear[]> {
  const clients: ConsoleClient[] = [];
  // One after the other: many attempts of one address at once are throttled.
  for (const email of REVIEWERS) clients.push(await ConsoleClient.signIn(web, email, PASSWORD));
  return await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const client = clients[at % clients.length];
      if (!client) throw new Error("nobody signed in");
      const [items, topics] = [new AbortController(), new AbortController()];
      const ear: Ear = { heard: new Map(), close: () => [items, topics].forEach((one) => one.abort()) };
      const [stream, other] = await Promise.all([
        client.get(web, "/inbox/live", items.signal),
        client.get(web, "/api/live", topics.signal),
      ]);
      if (stream.status !== 200) throw new Error(`the live inbox answered ${stream.status}`);
      void readItems(stream, ear.heard).catch(() => undefined);
      void other.text().catch(() => undefined);
      return ear;
    }),
  );
}

async function readItems(stream: Response, heard: Map<string, number>): Promise<void> {
  if (!stream.body) return;
  const decoder = new TextDecoder();
  let rest = "";
  for await (const part of stream.body) {
    const now = Date.now();
    rest += decoder.decode(part, { stream: true });
    const events = rest.split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      if (!event.startsWith("event: items")) continue;
      for (const [, key] of event.matchAll(/"key":"([^"]+)"/g))
        if (key !== undefined && !heard.has(key)) heard.set(key, now);
    }
  }
}
