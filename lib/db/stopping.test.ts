import { afterAll, beforeAll, expect, it, vi } from "vitest";

import { createDesk, personOf, type Desk } from "@/e2e/api/desk-testing";
import { suspendAgent } from "@/lib/agents/suspend";
import { services, stopServices } from "@/lib/auth/services";

/** As many as the web's pool has connections. */
const ALL = 10;

let desk: Desk;
beforeAll(async () => {
  desk = await createDesk();
  vi.stubEnv("DATABASE_RUNTIME_URL", desk.database.runtimeUrl);
});
afterAll(async () => {
  await Promise.all([services().db.$disconnect(), stopServices().db.$disconnect()]);
  await desk.close();
  vi.unstubAllEnvs();
});

it("an agent is stopped while all connections of the web are taken", async () => {
  const { actor, access } = await personOf(desk, "ana@example.com");
  if (!access) throw new Error("no access");
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  let taken = 0;
  let allTaken = (): void => undefined;
  const full = new Promise<void>((resolve) => (allTaken = resolve));
  const { db } = services();
  const readers = Array.from({ length: ALL }, () =>
    db.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT 1`;
        taken += 1;
        if (taken === ALL) allTaken();
        await opened;
      },
      { timeout: 120_000, maxWait: 120_000 },
    ),
  );
  await full;
  const id = desk.id("desk");
  const stopped = await suspendAgent({ ...stopServices(), actor, access }, { id, reason: "It errs." }).finally(open);
  expect(stopped).toEqual({ ok: true, value: { id } });
  await Promise.all(readers);
});
