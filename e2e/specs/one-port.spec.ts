import { PEOPLE } from "@/e2e/specs/system/organisation";
import { expect, patience, test } from "@/e2e/specs/system/journey";
import { sharedSystem } from "@/e2e/specs/system/shared";
import { approveApproval } from "@/lib/approvals/approve";
import { loadViewer } from "@/lib/auth/load-viewer";
import type { Db } from "@/lib/db/client";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { RemitClient } from "@/lib/client/client";

/** The agents' API as a site with one port has it: inside the web. */
const client = (): RemitClient => {
  const { web, credentials } = sharedSystem();
  return new RemitClient(credentials.clerk ?? "", { baseUrl: web, retryForMs: 30_000 });
};

async function approve(db: Db, email: string, approvalId: string): Promise<void> {
  const { id, sessionEpoch } = await db.person.findUniqueOrThrow({ where: { email } });
  const viewer = await loadViewer({ db, clock: systemClock, newId }, { personId: id, sessionEpoch });
  const approved = viewer && (await approveApproval(viewer, { approvalId, comment: "Paid." }));
  expect(approved).toMatchObject({ ok: true });
}

test("an agent works through the web's port: a repeat has the first answer, a waiting one is told at once", async ({
  db,
}) => {
  const startKey = newId();
  const start = { trigger: { kind: "e2e", source: "one port" }, ttlSeconds: 600 };
  const run = await client().startRun(start, startKey);
  expect((await client().startRun(start, startKey)).run).toEqual(run.run);

  const read = { action: "desk.read_order", args: { order: "p-1" } };
  const first = await run.ask(read, "read");
  expect(first).toMatchObject({ effect: "allow" });
  expect(await run.ask(read, "read")).toEqual(first);
  await expect(run.ask({ ...read, args: { order: "p-2" } }, "read")).rejects.toMatchObject({
    code: "idempotency_conflict",
  });

  const args = { order: "p-1", amount: 30 };
  const asked = await run.ask({ action: "desk.refund", args }, "refund");
  expect(asked).toMatchObject({ effect: "escalate" });
  const approvalId = asked.approval?.id ?? "";
  const askedAtMs = Date.now();
  const told = run.waitForApproval(approvalId, patience(), 60);
  await approve(db, PEOPLE.mara, approvalId);
  expect(await told).toMatchObject({ state: "approved", comment: "Paid." });
  // Woken, rather than asked again after the long poll of 60 s.
  expect(Date.now() - askedAtMs).toBeLessThan(59_000);
  expect(await run.ask({ action: "desk.refund", args, approvalId }, "redeem")).toMatchObject({ effect: "allow" });

  const report = await run.events([{ id: "step-1", kind: "step", at: new Date().toISOString(), message: "Paid out." }]);
  // Where the first answer was lost, the repeat says so.
  expect(report.accepted + report.duplicates).toBe(1);
  expect(report.state).toBe("continue");
  await run.complete({ outcome: "succeeded" });
  await expect(run.ask(read, "late")).rejects.toMatchObject({ code: "run_ended" });
});

test("what is wrong is refused on the web's port as on the gate's", async ({ request }) => {
  const { web, gate } = sharedSystem();
  for (const [path, data] of [
    ["/api/v1/runs", { trigger: { kind: "e2e" } }],
    [`/api/v1/runs/${newId()}/decisions`, { action: "desk.read_order", args: {} }],
    ["/api/v1/nothing", {}],
  ] as const) {
    const [here, there] = await Promise.all([web, gate].map((base) => request.post(base + path, { data })));
    expect(await here?.json()).toEqual(await there?.json());
    expect(here?.status()).toBe(there?.status());
    expect(here?.headers()["content-type"]).toBe("application/problem+json");
  }
});
