import { expect, it } from "vitest";

import type { StreamHead } from "@/lib/audit/chain";
import type { Waiting } from "@/lib/gate/asked";
import { Doubtful } from "@/lib/gate/doubtful";
import type { Plan } from "@/lib/gate/evaluate";

const at = (seq: number, hash: string): StreamHead => ({ stream: "gate", seq: BigInt(seq), hash: Buffer.from(hash) });
const plan = (head: StreamHead, nextHead: StreamHead): Plan<Waiting> => ({
  version: 1n,
  now: new Date(0),
  head,
  nextHead,
  planned: [],
  runs: [],
  charges: [],
});
const [start, one, two, other] = [at(0, "start"), at(3, "one"), at(5, "two"), at(3, "other")];
const [first, second, again] = [plan(start, one), plan(one, two), plan(start, other)];

function doubting(...plans: Plan<Waiting>[]): Doubtful {
  const doubtful = new Doubtful();
  for (const lost of plans) doubtful.add(lost);
  return doubtful;
}

it("nothing is known to be stored while the head has not moved, or has moved elsewhere", () => {
  const doubtful = doubting(first, second);
  expect(doubtful.stored(null)).toEqual([]);
  expect(doubtful.stored(at(0, "start"))).toEqual([]);
  expect(doubtful.stored(at(5, "another"))).toEqual([]);
  expect(doubtful.stored(at(5, "two"))).toEqual([first, second]);
});

it("a head says that all that led to it is stored, and nothing that follows it or began where they did", () => {
  const doubtful = doubting(again, second, first);
  expect(doubtful.stored(at(3, "one"))).toEqual([first]);
  expect(doubtful.stored(at(3, "one"))).toEqual([]);
  expect(doubtful.stored(at(5, "two"))).toEqual([second]);
});

it("forgets all of them once a later commit went through", () => {
  const doubtful = doubting(first, second);
  doubtful.clear();
  expect(doubtful.stored(at(5, "two"))).toEqual([]);
});
