import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startGateProcess, until, type GateProcess } from "@/e2e/api/gate-process";
import { createCredential } from "@/lib/agents/credential-create";
import { approveApproval } from "@/lib/approvals/approve";
import { rejectApproval } from "@/lib/approvals/reject";
import { loadViewer } from "@/lib/auth/load-viewer";
import { ROOT } from "@/lib/db/root";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { operator, seed } from "@/lib/manifest/testing";

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

let database: TestDatabase;
let gate: GateProcess;
beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startGateProcess(database.runtimeUrl);
});
afterAll(async () => {
  await gate.stop();
  await database.close();
});

interface Ended {
  code: number | null;
  output: string;
}

async function run(command: string, args: readonly string[], env: Record<string, string>): Promise<Ended> {
  const child = spawn(command, [...args], { cwd: ROOT, env: { ...process.env, NODE_ENV: "production", ...env } });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output += data.toString()));
  await once(child, "close");
  return { code: child.exitCode, output };
}

/** The person who leads the team, as the console's session would be. */
async function kim() {
  const { id } = await database.db.person.findUniqueOrThrow({ where: { email: "kim@example.com" } });
  const services = { db: database.db, clock: systemClock, newId };
  const viewer = await loadViewer(services, { personId: id, sessionEpoch: 0 });
  if (!viewer) throw new Error("Kim cannot sign in");
  return viewer;
}

async function pending(): Promise<string> {
  let id: string | undefined;
  await until(async () => {
    id = (await database.db.approval.findFirst({ where: { state: "pending" }, select: { id: true } }))?.id;
    return id !== undefined;
  }, 120_000);
  return id ?? "";
}

describe("connecting an agent", () => {
  it("is what the README says, word for word", async () => {
    const walk = read("e2e/fixtures/connect.sh");
    expect(read("README.md")).toContain(walk.trim());
    // The same words, at this test's address.
    const script = walk.replaceAll("http://localhost:4000", gate.url);
    const ended = await run("bash", ["-eu", "-o", "pipefail", "-c", script], { DATABASE_URL: database.ownerUrl });
    expect(ended.output).toContain('"effect":"allow"');
    expect(ended.output).toContain('"effect":"escalate"');
    expect(ended.code).toBe(0);
    expect(await database.db.run.findMany({ select: { status: true, decisions: true } })).toEqual([
      { status: "succeeded", decisions: 2 },
    ]);
  });

  it.each([
    ["approves", "allow", "succeeded"],
    ["rejects", "escalate", "blocked"],
  ] as const)("works in 40 lines of TypeScript when a person %s", async (verb, effect, outcome) => {
    const { db } = database;
    const seeded = await seed(db, read("e2e/fixtures/connect.yaml"));
    const made = await createCredential(operator(db), { agentId: seeded.id("assistant"), name: "agent.ts" });
    if (!made.ok) throw new Error(made.error.message);
    await db.approval.updateMany({ where: { state: "pending" }, data: { state: "cancelled" } });
    const env = { REMIT_CREDENTIAL: made.value.secret, REMIT_GATE_URL: gate.url };
    const agent = run(process.execPath, ["--import", "tsx", "e2e/fixtures/agent.ts"], env);
    const approvalId = await pending();
    const decided =
      verb === "approves"
        ? await approveApproval(await kim(), { approvalId, comment: "Seen the photo." })
        : await rejectApproval(await kim(), { approvalId, comment: "No photo." });
    expect(decided).toMatchObject({ ok: true });
    const ended = await agent;
    expect(ended.output.trim().split("\n").at(-1)).toBe(outcome);
    expect(ended.code).toBe(0);
    const last = await db.run.findFirstOrThrow({
      orderBy: { startedAt: "desc" },
      include: { decisionRows: { orderBy: { at: "asc" } } },
    });
    expect(last.status).toBe(outcome);
    expect(last.decisionRows.at(-1)?.effect).toBe(effect);
  });
});

it("names tests that are there", () => {
  const files = ["app", "e2e", "lib"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  );
  const named = [...read("README.md").matchAll(/`([^`\s]+\.(?:test|spec)\.tsx?)`/g)].map(([, pattern = ""]) => pattern);
  expect(named.length).toBeGreaterThan(20);
  const absent = named.filter((pattern) => {
    const [before = "", after] = pattern.split("*");
    return !files.some((file) =>
      after === undefined
        ? file === pattern
        : file.startsWith(before) && file.endsWith(after) && !file.slice(before.length, -after.length).includes("/"),
    );
  });
  expect(absent).toEqual([]);
});
