import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { actionToTry, firstDecisionCurl } from "@/app/(console)/_components/first-decision";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { effectiveAuthority } from "@/lib/agents/authority-queries";
import { createCredential } from "@/lib/agents/credential-create";
import { loadViewer } from "@/lib/auth/load-viewer";
import { ROOT } from "@/lib/db/root";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { operator, seed } from "@/lib/manifest/testing";

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

it("the commands that the console shows lead to a first decision as they stand", async () => {
  const { db } = database;
  await seed(db, readFileSync(join(ROOT, "e2e/fixtures/connect.yaml"), "utf8"));
  const [agent, kim] = await Promise.all([
    db.node.findUniqueOrThrow({ where: { slug: "assistant" }, select: { id: true } }),
    db.person.findUniqueOrThrow({ where: { email: "kim@example.com" }, select: { id: true } }),
  ]);
  const viewer = await loadViewer({ db, clock: systemClock, newId }, { personId: kim.id, sessionEpoch: 0 });
  const authority = viewer && (await effectiveAuthority(viewer, agent.id));
  const action = actionToTry(authority?.actions ?? []);
  expect(action).toBe("shop.get_order");
  const credential = await createCredential(operator(db), { agentId: agent.id, name: "first" });
  const secret = credential.ok ? credential.value.secret : "";
  const { stdout } = spawnSync("sh", ["-c", firstDecisionCurl(gate.url, secret, action ?? "")], { encoding: "utf8" });
  expect(JSON.parse(stdout)).toMatchObject({ effect: "allow", code: "allowed" });
});
