import { describe, expect, it } from "vitest";

import { change } from "@/lib/audit/change";
import { newId } from "@/lib/kernel/ids";
import { saveChoices } from "@/lib/notify/choices-save";
import { deliverDue } from "@/lib/notify/deliver/deliver";
import {
  database,
  acme,
  smtp,
  now,
  worker,
  courier,
  tick,
  tell,
  unread,
  subjects,
} from "@/lib/notify/deliver/deliver-testing";
import { createMailer } from "@/lib/notify/deliver/mail";
import { notify } from "@/lib/notify/notify";
import { planNotices } from "@/lib/notify/plan-notices";
import { writeNotices } from "@/lib/notify/write-notices";

describe("mail", () => {
  it("says what, who, how risky, until when, and leads to the item; nothing else leaves unless an admin allows it", async () => {
    await tell("a", [acme.ids.rob]);
    await tick(1);
    const raw = smtp.got[0]?.raw.replaceAll(/=\r\n/g, "") ?? "";
    expect(smtp.got[0]?.from).toBe("remit@acme.example");
    expect(raw).toMatch(/^Subject: Incident: Desk: five errors in a row\r$/m);
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/im);
    expect(raw).toContain("https://remit.acme.example/incidents/1");
    expect(raw).toContain("Agent desk");
    expect(raw).toContain("multipart/alternative");
    expect(raw).toContain("prefers-color-scheme: dark");
    expect(raw).not.toMatch(/<img|Jane Roe|src=/);
    await database.ownerDb.configuration.update({
      where: { id: 1 },
      data: { settings: { notifications: { details: true } } },
    });
    await tell("b", [acme.ids.rob]);
    await tick(2);
    expect(smtp.got[1]?.raw).toContain("Jane Roe");
  });

  it("what is due together comes in one digest", async () => {
    const rob = await acme.viewer(acme.ids.rob);
    const choices = { "incident.opened": { channels: ["email" as const], pace: "daily" as const } };
    await saveChoices(rob, { choices, quiet: null, digestAt: 13 * 60, secondaryId: null });
    for (const key of ["a", "b", "c"]) await tell(key, [acme.ids.rob], { subject: `Incident ${key}` });
    await tick(1);
    expect(smtp.got).toHaveLength(0);
    await tick(3_600);
    expect(smtp.got).toHaveLength(1);
    expect(smtp.got[0]?.raw).toMatch(/^Subject: 3 incidents\r$/m);
    expect(await database.db.notificationDelivery.count({ where: { state: "sent" } })).toBe(3);
    expect(await unread(acme.ids.rob)).toBe(0);
  });

  it("a flood of one kind becomes one message; nothing of it is lost in the list, and what is urgent still goes alone", async () => {
    const { ids } = acme;
    for (let n = 0; n < 42; n += 1) await tell(`flood ${n}`, [ids.rob], { subject: `Incident ${n}` });
    for (let n = 0; n < 3; n += 1) await tell(`urgent ${n}`, [ids.rob], { urgent: true });
    await tick(1);
    expect(smtp.got).toHaveLength(5 + 3);
    expect(await unread(ids.rob)).toBe(45);
    await tell("one more", [ids.rob]);
    await tick(300);
    expect(smtp.got).toHaveLength(8);
    await tick(600);
    expect(smtp.got).toHaveLength(9);
    expect(smtp.got[8]?.raw).toMatch(/^Subject: 38 incidents\r$/m);
    expect(await database.db.notificationDelivery.count({ where: { state: { not: "sent" } } })).toBe(0);
    // Ten minutes after the last of them, a single one is told at once again.
    await tell("later", [ids.rob]);
    await tick(900);
    expect(smtp.got).toHaveLength(10);
  });

  it("a flood of hundreds is one message, although a worker claims a hundred at a time", async () => {
    const one = { kind: "incident.opened", subject: "Desk: errors", link: "/incidents/1", nodeId: null } as const;
    const notices = Array.from({ length: 260 }, (_, n) => ({ ...one, key: `flood ${n}`, recipients: [acme.ids.rob] }));
    await writeNotices(database.db, notices, now, newId);
    await tick(1);
    await tick(2);
    const before = smtp.got.length;
    await tick(600);
    expect(smtp.got.length - before).toBe(1);
    expect(smtp.got.at(-1)?.raw).toMatch(/^Subject: 255 incidents\r$/m);
  });

  it("is tried again when the server is away, and given up where the recipient does not exist", async () => {
    await database.db.person.update({ where: { id: acme.ids.fay }, data: { email: "gone@example.com" } });
    await tell("a", [acme.ids.fay]);
    await tick(1);
    const dead = await database.db.notificationDelivery.findFirstOrThrow();
    expect(dead).toMatchObject({ state: "dead", attempts: 1, error: "the mail server answered 550" });
    await tell("b", [acme.ids.rob]);
    await planNotices(worker(), { mail: true });
    const away = createMailer("smtp://127.0.0.1:1", "remit@acme.example");
    await deliverDue(worker(), { ...courier(), mailer: away });
    away.close();
    const retried = await database.db.notificationDelivery.findFirstOrThrow({ where: { state: "waiting" } });
    expect(retried.nextAt).toEqual(new Date(now.getTime() + 2_500));
    await tick(10);
    expect(smtp.got).toHaveLength(1);
  });
});

describe("telling", () => {
  it("the same cause twice tells once; a change that is refused tells nobody", async () => {
    await tell("a", [acme.ids.rob, acme.ids.rob]);
    await tell("a", [acme.ids.rob]);
    await change(worker(), {}, async (step) => {
      await notify(
        { ...step, newId },
        { kind: "appeal.opened", key: "x", recipients: [acme.ids.rob], subject: "s", link: "/", nodeId: null },
      );
      return { ok: false, error: { code: "conflict", message: "no" } };
    });
    await tick(1);
    expect(await subjects(acme.ids.rob)).toEqual(["incident.opened"]);
    expect(smtp.got).toHaveLength(1);
  });

  it("I12: who no longer sees what it is about does not read of it; who is disabled gets nothing", async () => {
    await tell("a", [acme.ids.rob, acme.ids.fay]);
    await database.db.person.update({ where: { id: acme.ids.fay }, data: { status: "disabled" } });
    await tick(1);
    expect(smtp.got.map((mail) => mail.to[0])).toEqual(["rob@example.com"]);
    expect(await unread(acme.ids.rob)).toBe(1);
    await database.db.roleBinding.deleteMany({ where: { personId: acme.ids.rob } });
    expect(await unread(acme.ids.rob)).toBe(0);
    expect(await subjects(acme.ids.rob)).toEqual([]);
  });
});
