import { describe, expect, it } from "vitest";

import { makeInTurn } from "@/app/(console)/inbox/_panel/in-turn";

/** A connection whose answers come when the test says so, and that remembers what was sent together. */
function connection(most = 3) {
  const sent: (readonly string[])[] = [];
  const open: { answer: () => void; break: (cause: Error) => void }[] = [];
  const inTurn = makeInTurn<string, string>({
    most,
    ready: () => Promise.resolve(),
    send: (these) =>
      new Promise((resolve, reject) => {
        sent.push(these);
        open.push({ answer: () => resolve(these.map((one) => `${one}!`)), break: reject });
      }),
  });
  /** The connection that is used as the `turn`-th, once it is. */
  const used = async (turn: number) => {
    while (open[turn] === undefined) await Promise.resolve();
    return open[turn];
  };
  return { inTurn, sent, used };
}

describe("what is approved while an answer is on its way", () => {
  it("goes together with the next, so many at a time, each with its own answer", async () => {
    const { inTurn, sent, used } = connection();
    const first = inTurn("a");
    const one = await used(0);
    const behind = ["b", "c", "d", "e"].map(inTurn);
    one.answer();
    expect(await first).toBe("a!");
    (await used(1)).answer();
    (await used(2)).answer();
    expect(await Promise.all(behind)).toEqual(["b!", "c!", "d!", "e!"]);
    expect(sent).toEqual([["a"], ["b", "c", "d"], ["e"]]);
  });

  it("is sent though those before it were led elsewhere, and so is what comes later", async () => {
    const { inTurn, sent, used } = connection();
    const elsewhere = new Error("to sign in");
    const first = Promise.allSettled([inTurn("a")]);
    const one = await used(0);
    const behind = inTurn("b");
    one.break(elsewhere);
    expect(await first).toEqual([{ status: "rejected", reason: elsewhere }]);
    (await used(1)).answer();
    expect(await behind).toBe("b!");

    const later = inTurn("c");
    (await used(2)).answer();
    expect(await later).toBe("c!");
    expect(sent).toEqual([["a"], ["b"], ["c"]]);
  });

  it("fails together where one answer is missing, and nobody waits for ever", async () => {
    const inTurn = makeInTurn<string, string>({ most: 3, ready: () => Promise.resolve(), send: async () => [] });
    await expect(inTurn("a")).rejects.toThrow("0 answers for 1");
    await expect(inTurn("b")).rejects.toThrow("0 answers for 1");
  });
});
