import { describe, expect, it } from "vitest";

import { chatMessage } from "@/lib/notify/deliver/chat-message";
import { eventBody } from "@/lib/notify/webhooks/event";
import { deadlineWords, ITEMS_MAX, mailOf, type MessageContext, type MessageItem } from "@/lib/notify/deliver/message";

const item = (own: Partial<MessageItem> = {}): MessageItem => ({
  id: "n-1",
  kind: "approval.asked",
  urgent: true,
  subject: "Refund an order",
  url: "https://remit.example/approvals/1",
  params: { agent: "Desk", risk: "high", deadline: "2026-11-21T13:00:00.000Z", detail: "order of Jane Roe" },
  at: new Date("2026-11-21T12:00:00Z"),
  ...own,
});
const context: MessageContext = {
  organisation: "Acme",
  zone: "Europe/Berlin",
  details: false,
  choicesUrl: "https://remit.example/people/me/notifications",
};

describe("messages", () => {
  it("one: the subject says what and how urgent, the body who, how risky and until when on the reader's clock", () => {
    const { subject, text } = mailOf([item()], context);
    expect(subject).toBe("Urgent: Approval asked of you: Refund an order");
    expect(text.split("\n").slice(0, 5)).toEqual([
      "Approval asked of you: Refund an order",
      "Agent: Desk",
      "Risk: high",
      "Decide until: 21 Nov 2026, 14:00 (Europe/Berlin)",
      "https://remit.example/approvals/1",
    ]);
    expect(deadlineWords("2026-07-01T12:00:00.000Z", "America/New_York")).toContain("08:00");
  });

  it("several: a digest of bounded length", () => {
    const items = Array.from({ length: ITEMS_MAX + 3 }, (_, index) => item({ id: `n-${index}` }));
    const { subject, text, html } = mailOf(items, context);
    expect(subject).toBe("Urgent: 53 approvals wait for you");
    const mixed = mailOf([item({}), item({ kind: "appeal.opened", urgent: false })], context);
    expect(mixed.subject).toBe("2 notifications from Remit");
    expect(text).toContain("And 3 more in your list.");
    expect(html.match(/class="item"/g)).toHaveLength(ITEMS_MAX);
  });

  it("nothing that an agent or a person wrote becomes a header, markup, a mention or a link", () => {
    const evil = item({
      subject: 'x\r\nBcc: eve@example.com\n<img src="https://evil.example/x"> <!here>',
      params: { agent: "<script>alert(1)</script>\u2028" },
    });
    const { subject, html, text } = mailOf([evil], context);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).not.toMatch(/<img|<script|https:\/\/evil\.example\/x"/);
    expect(text.split("\n")).not.toContain("Bcc: eve@example.com");
    expect(chatMessage([evil], context)).not.toMatch(/<!here>|<img/);
  });

  it("details leave only where an admin allows it, in every form", () => {
    const said = (details: boolean) => {
      const allowed = { ...context, details };
      const { text, html } = mailOf([item()], allowed);
      return [text, html, chatMessage([item()], allowed), eventBody(item(), details)].map((one) =>
        one.includes("Jane Roe"),
      );
    };
    expect(said(false)).toEqual([false, false, false, false]);
    expect(said(true)).toEqual([true, true, true, true]);
  });

  it("HTML has no remote content, and colours for both themes", () => {
    const { html } = mailOf([item()], context);
    expect(html).not.toMatch(/<(img|link|script|iframe|object)\b|@import|url\(/);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain("prefers-color-scheme: dark");
  });
});
