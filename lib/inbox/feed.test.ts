import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { NOW } from "@/lib/approvals/test-store";
import { rejectApproval } from "@/lib/approvals/reject";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { seedInbox } from "@/lib/inbox/acme-testing";
import { createInboxFeed } from "@/lib/inbox/feed";
import { liveItems, type ItemChanges } from "@/lib/inbox/live-items";
import { inboxNumbers, sharedNumbers } from "@/lib/inbox/numbers";
import { createListen, type Listen } from "@/lib/live/listen";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedInbox>>;
let listen: Listen;
const open: (() => void)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedInbox(database.db);
  listen = createListen({ connection: { connectionString: database.runtimeUrl }, coalesceMs: 10 });
});
afterEach(() => open.splice(0).forEach((close) => close()));
afterAll(async () => {
  await listen.close();
  await database.close();
});

const say = (...topics: string[]) => database.pool.query("SELECT pg_notify('remit', $1)", [JSON.stringify(topics)]);

/** An open inbox: what it is told, one event after another. `slow`: nothing can be told until it is set free. */
async function inbox(person: string, feed = newFeed()) {
  const viewer = await acme.viewer(person);
  const heard: { event: string; data: unknown }[] = [];
  let wake = () => {};
  const state = { slow: false };
  const share = sharedNumbers();
  const items = liveItems(
    {
      emit: (event, data) => {
        if (state.slow) return false;
        heard.push({ event, data });
        wake();
        return true;
      },
      access: () => viewer.access,
    },
    { feed, clock: viewer.clock, numbers: (access, since) => share({ ...viewer, access }, since), numbersEveryMs: 10 },
  );
  open.push(items.stop);
  const next = async (event: string): Promise<unknown> => {
    for (;;) {
      const at = heard.findIndex((one) => one.event === event);
      if (at >= 0) return heard.splice(0, at + 1).at(-1)?.data;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return { next, heard, state, items };
}

const newFeed = () =>
  createInboxFeed({ db: database.db, clock: { now: () => NOW }, listen: (one) => listen.subscribe(one) });

describe("the feed of all inboxes", () => {
  it("tells each person their line of what changed, from one read", async () => {
    const feed = newFeed();
    const [rob, fay] = [await inbox(acme.ids.rob, feed), await inbox(acme.ids.fay, feed)];
    await Promise.all([rob.next("everything"), fay.next("everything")]);
    await say("approvals", acme.keys.low ?? "", acme.keys.foreign ?? "");
    const [forRob, forFay] = (await Promise.all([rob.next("items"), fay.next("items")])) as ItemChanges[];
    expect(forRob).toMatchObject({ items: [{ key: acme.keys.low, mine: true }], gone: [] });
    expect(forFay).toMatchObject({ items: [{ key: acme.keys.foreign, mine: true }], gone: [] });
  });

  it("says when an item has left, and how many are left", async () => {
    const rob = await inbox(acme.ids.rob);
    await rob.next("everything");
    const viewer = await acme.viewer(acme.ids.rob);
    const id = (acme.keys.awake ?? "").slice("approval:".length);
    expect(await rejectApproval(viewer, { approvalId: id, comment: "No." })).toMatchObject({ ok: true });
    expect(await rob.next("items")).toEqual({ items: [], gone: [acme.keys.awake] });
    expect(await rob.next("numbers")).toEqual(await inboxNumbers(viewer));
  });

  it("finds what changed where a notification names none, and tells nothing twice", async () => {
    const rob = await inbox(acme.ids.rob);
    await rob.next("everything");
    await say("incidents");
    expect(await rob.next("items")).toMatchObject({ items: [{ key: acme.keys.conflict }] });
    await say("incidents", acme.keys.low ?? "");
    expect(await rob.next("items")).toMatchObject({ items: [{ key: acme.keys.low }] });
    await say("promotions", "catalogue", "appeals");
    const { items } = (await rob.next("items")) as ItemChanges;
    expect(items.map((item) => item.kind).toSorted()).toEqual(["action", "appeal", "appeal", "promotion"]);
  });

  it("asks a reader who was slow to look at everything again", async () => {
    const feed = newFeed();
    const [rob, quick] = [await inbox(acme.ids.rob, feed), await inbox(acme.ids.rob, feed)];
    await Promise.all([rob.next("everything"), quick.next("everything")]);
    rob.state.slow = true;
    await say(acme.keys.low ?? "");
    await quick.next("items");
    rob.state.slow = false;
    rob.items.drained();
    await rob.next("everything");
    // Not known to have been told, so that nothing is left out now.
    await say(acme.keys.highLater ?? "");
    expect(await rob.next("items")).toMatchObject({ items: [{ key: acme.keys.highLater }] });
  });
});

describe("sharedNumbers", () => {
  it("counts once for all that ask about the same, and again for what happened after it began", async () => {
    const viewer = await acme.viewer(acme.ids.rob);
    let counted = 0;
    const share = sharedNumbers(async () => ({ views: { mine: (counted += 1) }, unread: 0 }));
    const before = performance.now() - 1;
    const [one, other] = await Promise.all([share(viewer, before), share(viewer, before)]);
    expect([one.views.mine, other.views.mine]).toEqual([1, 1]);
    expect((await share(viewer, performance.now())).views.mine).toBe(2);
    expect((await share(await acme.viewer(acme.ids.fay), before)).views.mine).toBe(3);
  });

  it("counts one person after the other, and once for all that ask while they wait", async () => {
    const [rob, fay] = [await acme.viewer(acme.ids.rob), await acme.viewer(acme.ids.fay)];
    const counted: string[] = [];
    let counting = 0;
    let most = 0;
    const share = sharedNumbers(async (viewer) => {
      counting += 1;
      most = Math.max(most, counting);
      await acme.viewer(acme.ids.rob);
      counting -= 1;
      counted.push(viewer.person.id);
      return { views: {}, unread: 0 };
    });
    await Promise.all([rob, fay, fay, fay].map((viewer) => share(viewer, performance.now())));
    expect([most, counted]).toEqual([1, [rob.person.id, fay.person.id]]);
  });

  it("goes on with the next when a count fails", async () => {
    const [rob, fay] = [await acme.viewer(acme.ids.rob), await acme.viewer(acme.ids.fay)];
    const share = sharedNumbers(async (viewer) => {
      if (viewer.person.id === rob.person.id) throw new Error("no store");
      return { views: {}, unread: 0 };
    });
    const [failed, told] = await Promise.allSettled([share(rob, performance.now()), share(fay, performance.now())]);
    expect([failed.status, told.status]).toEqual(["rejected", "fulfilled"]);
  });
});
