import { describe, expect, it } from "vitest";

import { NOW } from "@/lib/approvals/test-store";
import { openIncident } from "@/lib/incidents/open";
import { newId } from "@/lib/kernel/ids";
import { database, acme, smtp, now, tick, subjects } from "@/lib/notify/deliver/deliver-testing";

describe("what else waits", () => {
  it("an incident is told to those nearest who manage it, once, with the words of a person kept back", async () => {
    const rob = await acme.viewer(acme.ids.rob);
    const opened = await openIncident(rob, {
      agentId: acme.ids.ledger,
      title: "Jane Roe was paid twice",
      severity: "critical",
      pause: false,
    });
    expect(opened.ok).toBe(false);
    const fay = { ...(await acme.viewer(acme.ids.fay)), clock: { now: () => now } };
    await openIncident(fay, {
      agentId: acme.ids.ledger,
      title: "Jane Roe was paid twice",
      severity: "critical",
      pause: false,
    });
    await tick(1);
    await tick(2);
    // The owner, and the nearest above; each once.
    expect(smtp.got.map((mail) => mail.to[0]).toSorted()).toEqual(["ada@example.com", "fay@example.com"]);
    expect(smtp.got[0]?.raw).toContain("Urgent: Incident: Agent ledger: opened by Fay");
    expect(smtp.got[0]?.raw).not.toContain("Jane Roe");
  });

  it("an appeal about policies goes to who may change those, about authority to who may change the agent", async () => {
    const { ids } = acme;
    const run = await acme.run(ids.ledger);
    for (const [subject, rules] of [
      ["policy", ["limits/big"]],
      ["authority", []],
    ] as const) {
      const decisionId = await acme.decision(run, { effect: "deny", code: "policy_denies" });
      const base = {
        id: newId(),
        decisionId,
        runId: run.id,
        agentId: ids.ledger,
        action: "crm.update_account",
        code: "x",
      };
      const requestHash = new Uint8Array(32);
      await database.db.appeal.create({
        data: { ...base, subject, rules: [...rules], reason: "r", openedAt: NOW, requestHash },
      });
    }
    await tick(1);
    expect(await subjects(ids.fay)).toEqual(["appeal.opened"]);
    expect(await subjects(ids.ada)).toEqual(["appeal.opened", "appeal.opened"]);
    expect(await subjects(ids.rob)).toEqual([]);
  });

  it("a promotion goes to those above who may decide it, not to who asked", async () => {
    const { ids } = acme;
    await database.db.promotion.create({
      data: {
        id: newId(),
        agentId: ids.ledger,
        fromTier: "observe",
        toTier: "recommend",
        agentVersion: 1,
        record: {},
        requestedById: ids.fay,
        reason: "r",
        requestedAt: NOW,
      },
    });
    await tick(1);
    expect(await subjects(ids.fay)).toEqual([]);
    expect(await database.db.notice.findFirst()).toMatchObject({
      kind: "promotion.requested",
      link: "/agents/ledger/autonomy",
    });
  });
});
