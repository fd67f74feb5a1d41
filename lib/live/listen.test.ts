import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { createListen, type Listen, type Listener } from "@/lib/live/listen";

let database: TestDatabase;
const open: Listen[] = [];
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(async () => {
  await Promise.all(open.map((each) => each.close()));
  await database.close();
});

const NAME = "test listen";

function start(): Listen {
  const listen = createListen({
    connection: { connectionString: database.runtimeUrl, application_name: NAME },
    coalesceMs: 20,
    retryMs: [10],
  });
  open.push(listen);
  return listen;
}

const say = (topics: string) => database.pool.query("SELECT pg_notify('remit', $1)", [topics]);
const connections = async () =>
  (await database.pool.query("SELECT pid FROM pg_stat_activity WHERE application_name = $1", [NAME])).rowCount ?? 0;

/** What a subscriber hears, one delivery after another. */
function ear() {
  const heard: string[][] = [];
  let wake = () => {};
  const listener: Listener = (topics) => {
    heard.push([...topics]);
    wake();
  };
  const next = async (): Promise<string[]> => {
    for (;;) {
      const one = heard.shift();
      if (one) return one;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return { listener, next };
}

const EVERYTHING = ["*"];

describe("one listener per process", () => {
  it("fans out, over one connection, and closes it with the last subscriber", async () => {
    const listen = start();
    const [one, two] = [ear(), ear()];
    const ends = [listen.subscribe(one.listener), listen.subscribe(two.listener)];
    for (const { next } of [one, two]) expect(await next()).toEqual(EVERYTHING);
    await say('["runs"]');
    for (const { next } of [one, two]) expect(await next()).toEqual(["runs"]);
    expect(await connections()).toBe(1);
    ends.forEach((end) => end());
    await listen.close();
    await expect.poll(connections).toBe(0);
  });

  it("tells changes that come together together", async () => {
    const listen = start();
    const { listener, next } = ear();
    listen.subscribe(listener);
    expect(await next()).toEqual(EVERYTHING);
    await database.pool.query(`SELECT pg_notify('remit', '["runs","run:1"]'), pg_notify('remit', '["runs","run:2"]')`);
    expect(await next()).toEqual(["runs", "run:1", "run:2"]);
    await listen.close();
  });

  it("tells those first who want it so, and the others what came together", async () => {
    const listen = start();
    const order: string[] = [];
    const [first, bundled] = [ear(), ear()];
    listen.subscribe((topics) => {
      order.push("bundled");
      bundled.listener(topics);
    });
    const end = listen.subscribe((topics) => {
      order.push("first");
      first.listener(topics);
    }, "first");
    for (const { next } of [first, bundled]) expect(await next()).toEqual(EVERYTHING);
    await say('["runs"]');
    for (const { next } of [first, bundled]) expect(await next()).toEqual(["runs"]);
    expect(order).toEqual(["first", "bundled", "first", "bundled"]);
    end();
    await say('["agents"]');
    expect(await bundled.next()).toEqual(["agents"]);
    expect(await connections()).toBe(1);
    await listen.close();
  });

  it("says that everything may have changed once it listens, at first and after its connection was cut", async () => {
    const listen = start();
    const { listener, next } = ear();
    listen.subscribe(listener);
    expect(await next()).toEqual(EVERYTHING);
    await database.ownerDb
      .$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ${NAME}`;
    expect(await next()).toEqual(EVERYTHING);
    await say('["agents"]');
    expect(await next()).toEqual(["agents"]);
    await listen.close();
  });

  it("takes a payload that it does not understand for everything", async () => {
    const listen = start();
    const { listener, next } = ear();
    listen.subscribe(listener);
    expect(await next()).toEqual(EVERYTHING);
    await say("nonsense");
    expect(await next()).toEqual(EVERYTHING);
    await listen.close();
  });
});
