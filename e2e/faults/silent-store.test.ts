import { pino } from "pino";
import { expect, it } from "vitest";

import { createDesk } from "@/e2e/api/desk-testing";
import { startStoreProxy } from "@/e2e/faults/store-proxy";
import { ConnectionLost } from "@/lib/gate/store-away";
import { DecisionStream } from "@/lib/gate/stream";

it("a connection on which nothing comes back is given up, and another is made", async () => {
  const desk = await createDesk();
  const proxy = await startStoreProxy(desk.database.runtimeUrl);
  const stream = new DecisionStream(proxy.url, "gate/silent", pino({ level: "silent" }), 1_000);
  await stream.ready();
  const { head } = stream;
  if (!head) throw new Error("no connection");
  proxy.silence();
  // One is sent behind the other; neither is answered.
  const sent = [1, 2].map(() => stream.commit(() => Buffer.from("S\0\0\0\x04"), head));
  for (const outcome of await Promise.allSettled(sent))
    expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(ConnectionLost) });
  await stream.ready();
  expect(stream.head).toEqual(head);
  expect(await stream.commit(() => Buffer.from("S\0\0\0\x04"), head)).toBeNull();
  await stream.close();
  await proxy.close();
  await desk.close();
});
