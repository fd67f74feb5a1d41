import { describe, expect, it } from "vitest";

import { whyNotDecide, whyNotReview } from "@/app/(console)/inbox/_panel/why-not";

const person = (id: string, name: string) => ({ id, name });
const vera = person("vera", "Vera Kalt");
const approval = { state: "pending", standing: "not_asked", approvers: [vera], votes: [], quorum: 1 } as const;
const names = ["Ann", "Bob", "Cid", "Dan", "Eve"].map((name) => person(name, name));

describe("why a key decides nothing", () => {
  it("says for whom a request waits", () => {
    expect(whyNotDecide({ ...approval, approvers: [vera] }, "tom")).toEqual({
      title: "This does not wait for you",
      text: "It waits for Vera Kalt.",
    });
    expect(whyNotDecide({ ...approval, approvers: names }, "tom")?.text).toBe("It waits for Ann, Bob, Cid and 2 more.");
    expect(whyNotDecide({ ...approval, approvers: [] }, "tom")?.text).toContain("Nobody");
  });

  it("is silent towards who may decide", () => {
    expect(whyNotDecide({ ...approval, standing: "may_decide", approvers: [vera] }, "vera")).toBeNull();
    expect(whyNotReview({ standing: "may_decide", state: "waiting" })).toBeNull();
  });

  it("tells who has voted that the others are waited for", () => {
    const votes = [{ person: vera, at: "2026-11-21T09:00:00.000Z", comment: null }];
    const voted = { ...approval, standing: "may_decide", approvers: [vera], votes, quorum: 2 } as const;
    expect(whyNotDecide(voted, "vera")).toEqual({
      title: "You approved it",
      text: "1 of 2 people have. It waits for the others.",
    });
  });

  it("names what became of what is decided", () => {
    const settled = { ...approval, standing: "settled", approvers: [vera] } as const;
    expect(whyNotDecide({ ...settled, state: "rejected" }, "vera")?.title).toBe("It has been rejected");
    expect(whyNotReview({ standing: "settled", state: "accepted" })?.title).toBe("It has been looked at");
    expect(whyNotReview({ standing: "excluded", state: "waiting" })?.text).toBe("The agent acted on your behalf.");
  });
});
