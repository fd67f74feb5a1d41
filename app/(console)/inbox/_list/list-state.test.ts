import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_FILTER } from "@/lib/inbox/filter";
import { compareItems, type Item } from "@/lib/inbox/item";
import {
  atTime,
  leftSince,
  emptyState,
  type ListState,
  moved,
  mustAsk,
  ON_ITS_WAY,
  opened,
  pickedNone,
  pickedTo,
  toggled,
  withAnswered,
  withChanges,
  withFirst,
  withHeard,
  withLeft,
  withMore,
  withReturned,
} from "./list-state";

const NOW = Date.parse("2026-03-10T12:00:00Z");
const item = (id: string, more: Partial<Item> = {}): Item => ({
  key: `approval:${id}`,
  kind: "approval",
  id,
  risk: "low",
  title: "Refund",
  action: "crm.refund",
  target: null,
  agent: null,
  onBehalfOf: null,
  amount: null,
  deadline: new Date(NOW + 60_000).toISOString(),
  since: "2026-03-10T11:00:00.000Z",
  assignee: null,
  snoozedUntil: null,
  votes: null,
  mine: true,
  ...more,
});
const of = (...ids: string[]): ListState =>
  withFirst(emptyState({ ...NO_FILTER, mine: true }), { items: ids.map((id) => item(id)), next: null });
const ids = (state: ListState) => state.items.map((one) => one.id);

describe("the list", () => {
  it("opens its first item, and moves between its ends", () => {
    const state = of("a", "b", "c");
    expect(state.current?.id).toBe("a");
    expect(moved(state, 1).current?.id).toBe("b");
    expect(moved(state, 9).current?.id).toBe("c");
    expect(moved(state, -1).current?.id).toBe("a");
    expect(moved(of(), 1).current).toBeNull();
  });

  it("opens what comes next when one is decided, and what came before at the end", () => {
    const middle = withLeft(opened(of("a", "b", "c"), "approval:b"), ["approval:b"], NOW);
    expect([ids(middle), middle.current?.id]).toEqual([["a", "c"], "c"]);
    const last = withLeft(opened(of("a", "b"), "approval:b"), ["approval:b"], NOW);
    expect(last.current?.id).toBe("a");
    expect(withLeft(of("a"), ["approval:a"], NOW).current).toBeNull();
    expect([leftSince(last, NOW - 1), leftSince(last, NOW)]).toEqual([1, 0]);
    expect(withLeft(of("a"), ["approval:z"], NOW)).toEqual(of("a"));
  });

  it("opens what comes next, too, when all were told of the decision before its answer came; and it comes back", () => {
    const told = withChanges(opened(of("a", "b", "c"), "approval:b"), { items: [], gone: ["approval:b"] }, NOW);
    expect([ids(told), told.current?.id]).toEqual([["a", "c"], "b"]);
    const left = withLeft(told, ["approval:b"], NOW);
    expect([ids(left), left.current?.id, leftSince(left, 0)]).toEqual([["a", "c"], "c", 0]);
    expect(withLeft(left, ["approval:b"], NOW)).toBe(left);
    const back = withReturned(left, "approval:b");
    expect([ids(back), back.current?.id]).toEqual([["a", "b", "c"], "b"]);
  });

  it("keeps what was heard while a page was on its way that had been read before", () => {
    const [mine, gone] = [item("b", { assignee: { id: "u", name: "Uma Reed" } }), "approval:c"];
    const before = of("a", "b", "c");
    const heard = [
      { items: [mine, item("d")], gone: [] },
      { items: [], gone: [gone] },
    ];
    const read = withHeard(withFirst(before, { items: before.items, next: null }), heard, NOW);
    expect([ids(read), read.items[1]?.assignee?.name]).toEqual([["a", "b", "d"], "Uma Reed"]);
    // Decided here while it was heard that it waits: it stays away.
    const left = withLeft(before, ["approval:b"], NOW);
    expect(ids(withHeard(withFirst(left, { items: before.items, next: null }), heard, NOW))).toEqual(["a", "d"]);
  });

  it("opens what was undone, too, when all were told of it before the answer came", () => {
    const left = withLeft(of("a", "b"), ["approval:a"], NOW);
    const gone = withChanges(left, { items: [], gone: ["approval:a"] }, NOW);
    const undone = withChanges(gone, { items: [item("a")], gone: [] }, NOW);
    expect([ids(undone), undone.current?.id]).toEqual([["a", "b"], "b"]);
    expect(withReturned(undone, "approval:a").current?.id).toBe("a");
  });

  it("counts out what is on its way for as long as the server cannot know of it, and no longer", () => {
    const sent = withLeft(of("a", "b", "c"), ["approval:a", "approval:b"], ON_ITS_WAY);
    // A count that comes while both wait for their answers knows of neither.
    expect(leftSince(sent, NOW + 5_000)).toBe(2);
    const answered = withAnswered(sent, ["approval:a"], NOW + 6_000);
    expect([leftSince(answered, NOW + 5_000), leftSince(answered, NOW + 7_000)]).toEqual([2, 1]);
    // All are told before its answer comes, and the count came between.
    const told = withChanges(answered, { items: [], gone: ["approval:b"] }, NOW + 7_000);
    expect(leftSince(withAnswered(told, ["approval:b"], NOW + 9_000), NOW + 8_000)).toBe(0);
    expect(withAnswered(of("a"), ["approval:a"], NOW)).toEqual(of("a"));
  });

  it("brings back what was undone, open, though the server said meanwhile that it had gone", () => {
    const left = withLeft(of("a", "b"), ["approval:a"], NOW);
    const told = withChanges(left, { items: [], gone: ["approval:a"] }, NOW);
    const back = withReturned(told, "approval:a");
    expect([ids(back), back.current?.id]).toEqual([["a", "b"], "a"]);
    expect(withReturned(back, "approval:z")).toBe(back);
    const beside = withReturned(told, "approval:a", true);
    expect([ids(beside), beside.current?.id]).toEqual([["a", "b"], "b"]);
    expect(withReturned(beside, "approval:a", true)).toBe(beside);
  });

  it("does not show again what was just decided, until it waits for somebody else", () => {
    const all = { ...of("a", "b"), filter: NO_FILTER };
    const left = withLeft(all, ["approval:a"], NOW);
    expect(ids(withChanges(left, { items: [item("a")], gone: [] }, NOW))).toEqual(["b"]);
    const voted = item("a", { mine: false, votes: { have: 1, need: 2 } });
    expect(ids(withChanges(left, { items: [voted], gone: [] }, NOW))).toEqual(["a", "b"]);
    const told = withChanges(left, { items: [], gone: ["approval:a"] }, NOW);
    expect(ids(withChanges(told, { items: [item("a")], gone: [] }, NOW))).toEqual(["a", "b"]);
  });

  it("takes in what is new at its place, and keeps what is open open", () => {
    const state = opened(of("b", "c"), "approval:c");
    const changed = withChanges(state, { items: [item("a"), item("x", { mine: false })], gone: ["approval:b"] }, NOW);
    expect([ids(changed), changed.current?.id]).toEqual([["a", "c"], "c"]);
    const gone = withChanges(state, { items: [], gone: ["approval:c"] }, NOW);
    // Somebody else decided what is being read: it stays open, and down is what stands in its place.
    expect(gone.current?.id).toBe("c");
    expect(moved(withChanges(gone, { items: [item("d")], gone: [] }, NOW), 1).current?.id).toBe("d");
    expect(moved(gone, -1).current?.id).toBe("b");
  });

  it("leaves what stands beyond the loaded end to its page", () => {
    const state = { ...of("a", "b"), next: item("b") };
    expect(ids(withChanges(state, { items: [item("c")], gone: [] }, NOW))).toEqual(["a", "b"]);
    expect(ids(withMore(state, { items: [item("b"), item("c")], next: null }))).toEqual(["a", "b", "c"]);
  });

  it("asks the store about a search, and lets go of what is overdue", () => {
    const searched = { ...of("a"), filter: { ...NO_FILTER, search: "4711" } };
    expect(mustAsk(searched, [item("b")], NOW)).toBe(true);
    expect(mustAsk(searched, [item("a")], NOW)).toBe(false);
    expect(mustAsk(of("a"), [item("b")], NOW)).toBe(false);
    expect(ids(atTime(of("a"), NOW + 60_001))).toEqual([]);
    expect(atTime(of("a"), NOW).items).toHaveLength(1);
  });

  it("picks one by one and as a range, and forgets picks that have left", () => {
    const state = pickedTo(toggled(of("a", "b", "c", "d"), "approval:b"), "approval:d");
    expect([...state.picked]).toEqual(["approval:b", "approval:c", "approval:d"]);
    expect([...toggled(state, "approval:c").picked]).toEqual(["approval:b", "approval:d"]);
    expect([...withLeft(state, ["approval:b", "approval:c"], NOW).picked]).toEqual(["approval:d"]);
    expect([...withChanges(state, { items: [], gone: ["approval:d"] }, NOW).picked]).toEqual([
      "approval:b",
      "approval:c",
    ]);
    expect(pickedNone(state).picked.size).toBe(0);
    expect([...pickedTo(of("a"), "approval:a").picked]).toEqual(["approval:a"]);
  });

  it("stays in order without doubles, whatever comes in whatever order", () => {
    const anItem = fc
      .record({
        id: fc.constantFrom(..."abcdefgh"),
        risk: fc.constantFrom("high", "medium", "low"),
        mine: fc.boolean(),
      })
      .map(({ id, ...more }) => item(id, more as Partial<Item>));
    const step = fc.oneof(
      fc.record({
        do: fc.constant("change"),
        items: fc.array(anItem, { maxLength: 3 }),
        gone: fc.subarray([..."abcdefgh"]),
      }),
      fc.record({ do: fc.constantFrom("left", "returned", "pick"), id: fc.constantFrom(..."abcdefgh") }),
      fc.record({ do: fc.constant("move"), by: fc.integer({ min: -3, max: 3 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let state = of("a", "c", "e");
        for (const one of steps) {
          if ("items" in one) {
            const unique = [...new Map(one.items.map((each) => [each.key, each])).values()];
            const gone = one.gone
              .map((id) => `approval:${id}`)
              .filter((key) => !unique.some((each) => each.key === key));
            state = withChanges(state, { items: unique, gone }, NOW);
          } else if ("by" in one) state = moved(state, one.by);
          else if (one.do === "left") state = withLeft(state, [`approval:${one.id}`], NOW);
          else if (one.do === "returned") state = withReturned(state, `approval:${one.id}`);
          else state = toggled(state, `approval:${one.id}`);
        }
        expect(state.items).toEqual(state.items.toSorted(compareItems));
        expect(new Set(ids(state)).size).toBe(state.items.length);
        expect(state.items.some((one) => state.left.has(one.key))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
