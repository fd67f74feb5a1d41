import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { accessOf, type Access } from "@/lib/auth/access";
import type { Listener } from "@/lib/live/listen";
import { liveStream } from "@/lib/live/stream";

const access = accessOf("a", [{ role: "auditor", nodeId: "root" }], [{ id: "root", parentId: null }]);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(session: { access: Access | null }) {
  const listeners = new Set<Listener>();
  const stream = liveStream({
    access,
    recheck: () => Promise.resolve(session.access),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
  const reader = stream.getReader();
  const next = async () => new TextDecoder().decode((await reader.read()).value);
  return { reader, next, listeners, say: (...topics: string[]) => listeners.forEach((listener) => listener(topics)) };
}

describe("live stream", () => {
  it("tells topics, and beats in between", async () => {
    const live = open({ access });
    expect(await live.next()).toBe("retry: 2000\n\n");
    live.say("runs", "run:1");
    expect(await live.next()).toBe('data: {"topics":["runs","run:1"]}\n\n');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await live.next()).toBe(": \n\n");
  });

  it("ends when the session dies: with the next change of people", async () => {
    const session: { access: Access | null } = { access };
    const live = open(session);
    await live.next();
    session.access = null;
    live.say("people");
    expect(await live.next()).toBe("event: end\ndata: {}\n\n");
    expect((await live.reader.read()).done).toBe(true);
    expect(live.listeners.size).toBe(0);
  });

  it("ends when the session dies: within a minute in any case", async () => {
    const session: { access: Access | null } = { access: null };
    const live = open(session);
    await live.next();
    await vi.advanceTimersByTimeAsync(60_000);
    const rest = [await live.next(), await live.next(), await live.next(), await live.next(), await live.next()].join(
      "",
    );
    expect(rest).toContain("event: end");
  });

  it("frees everything when the reader goes away", async () => {
    const live = open({ access });
    await live.next();
    await live.reader.cancel();
    expect(live.listeners.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("merges what a slow reader missed", async () => {
    const live = open({ access });
    for (let index = 0; index < 40; index += 1) live.say(`run:${index % 20}`);
    for (let index = 0; index < 16; index += 1) await live.next();
    const merged = await live.next();
    expect(merged).toContain('"run:15"');
    expect(merged).toContain('"run:14"');
  });
});
