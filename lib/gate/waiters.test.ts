import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Waiters, type FoundBy, type Known } from "@/lib/gate/waiters";

interface Answer {
  state: "pending" | "approved";
}

/** A store of which the test says what lies in it and how often it was read. */
function waitersOver(states: Map<string, Answer["state"]>) {
  const reads: string[][] = [];
  const found: FoundBy[] = [];
  const waiters = new Waiters<Answer>(
    "approval:",
    async (ids) => {
      reads.push([...ids]);
      const known = new Map<string, Known<Answer>>();
      for (const id of ids) {
        const state = states.get(id);
        if (state) known.set(id, { runId: "run", answer: { state } });
      }
      return known;
    },
    (by) => void found.push(by),
  );
  const wait = (id: string, gone = new AbortController().signal, waitMs = 30_000, runId = "run") =>
    waiters.wait(id, runId, waitMs, gone);
  return { waiters, reads, found, wait };
}

const everybody = Array.from({ length: 1_000 }, (_, at) => `a${at}`);
/** The first look of everybody is over. */
const looked = () => new Promise<void>((turn) => setImmediate(() => setImmediate(turn)));

// Turns of the event loop are real, only time stands still.
beforeEach(
  () => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] }),
);
afterEach(() => void vi.useRealTimers());

describe("agents that wait", () => {
  it("look with one statement, and are woken by their notification alone, with one more", async () => {
    const states = new Map(everybody.map((id) => [id, "pending" as const] as [string, Answer["state"]]));
    const { waiters, reads, found, wait } = waitersOver(states);
    const answers = everybody.map((id) => wait(id));
    await looked();
    expect(reads.map((read) => read.length)).toEqual([1_000]);
    expect(waiters.count).toBe(1_000);
    for (const id of everybody.slice(0, 200)) states.set(id, "approved");
    waiters.heard(["approvals", ...everybody.slice(0, 200).map((id) => `approval:${id}`), "approval:unknown", "run:x"]);
    expect(await Promise.all(answers.slice(0, 200))).toEqual(
      everybody.slice(0, 200).map(() => ({ state: "approved" })),
    );
    expect(reads.map((read) => read.length)).toEqual([1_000, 200]);
    expect(waiters.count).toBe(800);
    for (const id of everybody) states.set(id, "approved");
    waiters.heard(["*"]);
    await Promise.all(answers);
    expect(reads.map((read) => read.length)).toEqual([1_000, 200, 800]);
    expect([
      found.filter((by) => by === "notification").length,
      found.filter((by) => by === "reconnect").length,
    ]).toEqual([200, 800]);
    expect(waiters.count).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("are found by a sweep within five seconds when no notification comes: one statement for all", async () => {
    const states = new Map<string, Answer["state"]>(everybody.map((id) => [id, "pending"]));
    const { reads, found, wait } = waitersOver(states);
    const answers = everybody.map((id) => wait(id));
    await looked();
    states.set("a7", "approved");
    const told = answers[7]?.then(() => Date.now());
    const from = Date.now();
    await vi.advanceTimersByTimeAsync(4_000);
    await looked();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(((await told) ?? Infinity) - from).toBeLessThanOrEqual(5_000);
    expect(found).toEqual(["sweep"]);
    expect(reads.map((read) => read.length)).toEqual([1_000, 1_000, 1]);
  });

  it("leave what a sweep found to a notification that is late", async () => {
    const states = new Map<string, Answer["state"]>([["a", "pending"]]);
    const { waiters, found, wait } = waitersOver(states);
    const answer = wait("a");
    await looked();
    states.set("a", "approved");
    await vi.advanceTimersByTimeAsync(4_500);
    waiters.heard(["approval:a"]);
    expect(await answer).toEqual({ state: "approved" });
    expect(found).toEqual(["notification"]);
  });

  it("hear what happens between listening and looking", async () => {
    const states = new Map<string, Answer["state"]>([["a", "pending"]]);
    const { waiters, found, wait } = waitersOver(states);
    const answer = wait("a");
    waiters.heard(["approval:a"]);
    await looked();
    states.set("a", "approved");
    waiters.heard(["approval:a"]);
    expect(await answer).toEqual({ state: "approved" });
    expect(found).toEqual(["notification"]);
  });

  it("are answered pending when the time is up, and what was settled unheard then counts as the last look", async () => {
    const states = new Map<string, Answer["state"]>([
      ["a", "pending"],
      ["b", "pending"],
    ]);
    const { found, wait } = waitersOver(states);
    const [a, b] = [wait("a", undefined, 1_000), wait("b", undefined, 1_000)];
    await looked();
    states.set("b", "approved");
    await vi.advanceTimersByTimeAsync(1_000);
    expect([await a, await b]).toEqual([{ state: "pending" }, { state: "approved" }]);
    expect(found).toEqual(["last_look"]);
  });

  it("are told null of what is another run's or of nobody, and are forgotten when their caller goes", async () => {
    const states = new Map<string, Answer["state"]>([["a", "pending"]]);
    const { waiters, wait } = waitersOver(states);
    const foreign = [wait("a", undefined, 30_000, "other"), wait("nothing")];
    await looked();
    expect(await Promise.all(foreign)).toEqual([null, null]);
    const gone = new AbortController();
    const answer = wait("a", gone.signal);
    await looked();
    gone.abort();
    expect(await answer).toEqual({ state: "pending" });
    expect(waiters.count).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("are told of a release at its moment, without another word, unless it was undone before", async () => {
    const release = new Map<string, Date>();
    const found: FoundBy[] = [];
    const waiters = new Waiters<Answer>(
      "approval:",
      async (ids) =>
        new Map(
          ids.map((id): [string, Known<Answer>] => {
            const at = release.get(id) ?? null;
            const released = at !== null && at.getTime() <= Date.now();
            return [
              id,
              { runId: "run", answer: { state: released ? "approved" : "pending" }, changesAt: released ? null : at },
            ];
          }),
        ),
      (by) => void found.push(by),
    );
    const gone = new AbortController().signal;
    const [kept, undone] = ["kept", "undone"].map((id) => waiters.wait(id, "run", 3_500, gone));
    await looked();
    const from = Date.now();
    release.set("kept", new Date(from + 3_000)).set("undone", new Date(from + 2_000));
    waiters.heard(["approval:kept", "approval:undone"]);
    await looked();
    await vi.advanceTimersByTimeAsync(1_999);
    release.delete("undone");
    waiters.heard(["approval:undone"]);
    await looked();
    const told = kept?.then((answer) => ({ answer, at: Date.now() }));
    await vi.advanceTimersByTimeAsync(1_001);
    await looked();
    expect(await told).toEqual({ answer: { state: "approved" }, at: from + 3_000 });
    await vi.advanceTimersByTimeAsync(500);
    expect(await undone).toEqual({ state: "pending" });
    expect(found).toEqual(["release"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("set the timer of a release that a sweep came upon", async () => {
    const release = new Date(Date.now() + 6_000);
    let decided = false;
    const waiters = new Waiters<Answer>("approval:", async (ids) => {
      const state = decided && Date.now() >= release.getTime() ? "approved" : "pending";
      return new Map(ids.map((id) => [id, { runId: "run", answer: { state }, changesAt: decided ? release : null }]));
    });
    const answer = waiters.wait("a", "run", 30_000, new AbortController().signal);
    await looked();
    decided = true;
    await vi.advanceTimersByTimeAsync(4_000);
    await looked();
    await vi.advanceTimersByTimeAsync(1_000);
    await looked();
    const told = answer.then(() => Date.now());
    await vi.advanceTimersByTimeAsync(1_000);
    await looked();
    expect(await told).toBe(release.getTime());
  });

  it("end their wait for what they have not heard, and go on waiting once they have", async () => {
    let asked = false;
    const waiters = new Waiters<Answer>("approval:", async (ids) => {
      return new Map(ids.map((id) => [id, { runId: "run", answer: { state: "pending" }, news: asked }]));
    });
    const gone = new AbortController().signal;
    const curious = waiters.wait("a", "run", 9_000, gone, () => asked);
    const deaf = waiters.wait("a", "run", 9_000, gone);
    await looked();
    asked = true;
    waiters.heard(["approval:a"]);
    expect(await curious).toEqual({ state: "pending" });
    expect(waiters.count).toBe(1);
    await vi.advanceTimersByTimeAsync(9_000);
    await looked();
    expect(await deaf).toEqual({ state: "pending" });
  });

  it("fail together when the store does, and nobody is kept", async () => {
    const waiters = new Waiters<Answer>("approval:", () => Promise.reject(new Error("away")));
    const gone = new AbortController().signal;
    const waits = ["a", "b"].map((id) => waiters.wait(id, "run", 30_000, gone).catch((cause: Error) => cause.message));
    await looked();
    expect(await Promise.all(waits)).toEqual(["away", "away"]);
    expect(waiters.count).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
