import { describe, expect, it } from "vitest";

import { webLink } from "@/lib/kernel/web-link";

describe("webLink", () => {
  it.each([
    ["https://crm.example/cases/4711?tab=notes#last", "https://crm.example/cases/4711?tab=notes#last"],
    ["http://intranet/page", "http://intranet/page"],
    ["HTTPS://Example.com/a", "https://example.com/a"],
  ])("offers %s", (text, href) => expect(webLink(text)).toBe(href));

  it.each([
    "javascript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example",
    "/approvals",
    "case 4711",
    "",
    "https://bank.example@evil.example/",
    "https://",
    `https://example.com/${"a".repeat(3_000)}`,
  ])("keeps %j as text", (text) => expect(webLink(text)).toBeNull());
});
