import { describe, expect, it } from "vitest";

import { approveApproval } from "@/lib/approvals/approve";
import { at } from "@/lib/approvals/test-store";
import { recordDecisions } from "@/lib/catalogue/digest-testing";
import { saveChoices } from "@/lib/notify/choices-save";
import { database, acme, smtp, tick, routed, waiting, unread, subjects } from "@/lib/notify/deliver/deliver-testing";
import { pruneApprovalNotices } from "@/lib/notify/prune";

describe("approvals", () => {
  it("the first is asked by list and mail; when they do not react, the next approver; both before it expires; at last its owner", async () => {
    await waiting({ risk: "high" });
    await tick(1);
    expect(smtp.got.map((mail) => mail.to)).toEqual([["rob@example.com"]]);
    expect(await unread(acme.ids.rob)).toBe(1);
    expect(await unread(acme.ids.ada)).toBe(0);
    await tick(2);
    expect(smtp.got).toHaveLength(1);
    await tick(15 * 60);
    expect(smtp.got.map((mail) => mail.to[0])).toEqual(["rob@example.com", "ada@example.com"]);
    expect(await subjects(acme.ids.ada)).toEqual(["approval.unanswered"]);
    await tick(45 * 60);
    expect(await subjects(acme.ids.ada)).toEqual(["approval.due_soon", "approval.unanswered"]);
    expect(smtp.got).toHaveLength(4);
    await database.db.approval.updateMany({ data: { state: "expired" } });
    await tick(3_601);
    expect(await subjects(acme.ids.rob)).toEqual(["approval.expired", "approval.due_soon", "approval.asked"]);
    // What waited is read with it; that it expired is news.
    expect(await unread(acme.ids.rob)).toBe(1);
    expect(await unread(acme.ids.ada)).toBe(1);
  });

  it("all whom its route asks at once are told at once, and nobody else", async () => {
    const { ids } = acme;
    await waiting({ askedIds: [ids.rob, ids.ada], route: { steps: [] }, nextContactAt: null });
    await tick(1);
    expect(smtp.got.map((mail) => mail.to[0]).toSorted()).toEqual(["ada@example.com", "rob@example.com"]);
  });

  it("one that is decided before its mail left sends none, and is read", async () => {
    const rob = await acme.viewer(acme.ids.rob);
    await saveChoices(rob, { choices: {}, quiet: { from: 0, to: 1439 }, digestAt: 480, secondaryId: null });
    const id = await waiting();
    await tick(1);
    expect(smtp.got).toHaveLength(0);
    expect(await unread(acme.ids.rob)).toBe(1);
    expect(await approveApproval(rob, { approvalId: id })).toMatchObject({ ok: true });
    // Until its release it may be undone, and waits again.
    await tick(6);
    expect(await unread(acme.ids.rob)).toBe(0);
    await tick(86_400);
    expect(smtp.got).toHaveLength(0);
    expect(await database.db.notificationDelivery.findFirst()).toMatchObject({ state: "dropped" });
  });

  it("the secondary contact is asked when the first does not react, if they may decide", async () => {
    const { ids } = acme;
    const run = await acme.run(ids.desk);
    const cas = await acme.person("Cas");
    await acme.bind(cas, "reviewer", ids.support);
    const rob = await acme.viewer(ids.rob);
    await saveChoices(rob, { choices: {}, quiet: null, digestAt: 480, secondaryId: cas });
    const { decisionId } = await acme.approval(run, [ids.rob, ids.ada, cas], {
      risk: "high",
      requestedAt: at(0),
      deadline: at(3_600),
      ...routed(ids.rob),
    });
    await recordDecisions(database.ownerDb, [decisionId]);
    await tick(1);
    await tick(900);
    expect(smtp.got.map((mail) => mail.to[0])).toEqual(["rob@example.com", "cas@example.com"]);
  });

  it("how far people were told is forgotten a month after it ended, not before", async () => {
    await waiting();
    await tick(1);
    await pruneApprovalNotices(database.db, at(365 * 86_400));
    expect(await database.db.approvalNotice.count()).toBe(1);
    await database.db.approval.updateMany({ data: { state: "expired" } });
    await tick(3_601);
    await pruneApprovalNotices(database.db, at(20 * 86_400));
    expect(await database.db.approvalNotice.count()).toBe(1);
    await pruneApprovalNotices(database.db, at(40 * 86_400));
    expect(await database.db.approvalNotice.count()).toBe(0);
    await tick(3_602);
    expect(await subjects(acme.ids.rob)).toHaveLength(2);
  });
});
