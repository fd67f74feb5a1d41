import { expect, it, vi } from "vitest";

import { acme, smtp, tick } from "@/lib/notify/deliver/deliver-testing";
import { sendTest } from "@/lib/notify/deliver/test-message";
import { ownTests } from "@/lib/notify/deliver/test-queries";

it("a test of one's own e-mail goes to the mail server, and the page says that it was taken", async () => {
  vi.stubEnv("REMIT_SMTP_URL", smtp.url);
  vi.stubEnv("REMIT_MAIL_FROM", "Remit <remit@acme.example>");
  const rob = await acme.viewer(acme.ids.rob);
  expect(await sendTest(rob, { target: { kind: "email" } })).toMatchObject({ ok: true });
  await tick(1);
  expect(smtp.got.map((mail) => mail.to)).toEqual([["rob@example.com"]]);
  expect(smtp.got[0]?.raw).toContain("Subject: Test: A test message.");
  expect(await ownTests(rob)).toMatchObject({ email: { state: "sent", statusCode: 250, attempts: 1 } });
  vi.unstubAllEnvs();
});
