import { createCredential } from "@/lib/agents/credential-create";
import type { CommandContext } from "@/lib/audit/change";
import { loadViewer } from "@/lib/auth/load-viewer";
import { RemitClient } from "@/lib/client/client";
import type { Db } from "@/lib/db/client";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { applyManifest } from "@/lib/manifest/apply";

/** One that waits for a person, and the token of its run. */
export interface Waiting {
  approvalId: string;
  token: string;
}

interface Organised {
  requests: Waiting[];
  /** Somebody who may decide all of them. */
  reviewer: CommandContext;
  /** How long a decision can be taken back from now on. */
  setUndo(seconds: number): Promise<void>;
}

const RUNS = 200;
const REVIEWER = "bo@example.com";

const manifest = (undoSeconds: number): string => `
apiVersion: remit/v1
settings: {rates: {run: 100000000/s}, approvals: {undoSeconds: ${undoSeconds}}}
people:
  - {email: ana@example.com, name: Ana Reyes, roles: [{role: admin, node: organisation}]}
  - {email: ${REVIEWER}, name: Bo Lind, roles: [{role: reviewer, node: floor}]}
chart:
  - team: floor
    name: Floor
    lead: ana@example.com
    children:
      - {agent: asker, name: Asker, owner: ana@example.com, tier: execute, purpose: Asks, grants: ["desk.*"]}
systems:
  - id: desk
    name: Desk
    actions:
      - {id: desk.refund, kind: execute, impact: low, reversibility: reversible}
policies:
  - id: desk
    rules:
      - {id: ask, match: {actions: [desk.refund]}, effect: escalate, to: [${REVIEWER}], deadline: 4h, message: A person decides.}
`;

/** An organisation in which `count` requests wait, of two hundred runs on both gates. */
export async function organiseWaiting(db: Db, gates: readonly string[], count: number): Promise<Organised> {
  const context = { db, actor: { kind: "cli", id: "bench" }, clock: systemClock, newId } as const;
  const setUndo = async (seconds: number): Promise<void> => {
    const applied = await applyManifest(context, manifest(seconds));
    if (!applied.ok || applied.value.outcome !== "applied") throw new Error(JSON.stringify(applied));
  };
  await setUndo(0);
  const agent = await db.node.findUniqueOrThrow({ where: { slug: "asker" } });
  const made = await createCredential(context, { agentId: agent.id, name: "bench" });
  if (!made.ok) throw new Error(made.error.message);
  const { secret } = made.value;
  const runs = await Promise.all(
    Array.from({ length: RUNS }, async (_unused, at) => {
      const client = new RemitClient(secret, { baseUrl: gates[at % gates.length] ?? "", retryForMs: 30_000 });
      const run = await client.startRun({ trigger: { kind: "bench" }, ttlSeconds: 3_600 }, newId());
      return Promise.all(
        Array.from({ length: count / RUNS }, async (_one, n): Promise<Waiting> => {
          const answer = await run.ask({ action: "desk.refund", args: { order: `${at}-${n}` } }, newId());
          if (!answer.approval) throw new Error(`it was not asked: ${answer.code}`);
          return { approvalId: answer.approval.id, token: run.run.token };
        }),
      );
    }),
  );
  const person = await db.person.findUniqueOrThrow({ where: { email: REVIEWER } });
  const reviewer = await loadViewer(context, { personId: person.id, sessionEpoch: person.sessionEpoch });
  if (!reviewer) throw new Error("nobody decides");
  return { requests: runs.flat(), reviewer, setUndo };
}
