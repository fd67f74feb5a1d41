import { KIND_WORDS, labelOf, TEST_KIND, type MessageKind } from "@/lib/notify/kinds";
import type { NoticeParams } from "@/lib/notify/notice";

/** A notice as it leaves the console. */
export interface MessageItem {
  id: string;
  kind: MessageKind;
  urgent: boolean;
  subject: string;
  /** Absolute. */
  url: string;
  params: NoticeParams;
  at: Date;
}

export interface MessageContext {
  organisation: string;
  /** IANA; times are written in it. */
  zone: string;
  /** Whether what may be somebody's personal data goes along. */
  details: boolean;
  /** Where the person changes their choices; absolute. */
  choicesUrl: string;
}

export interface MailText {
  subject: string;
  text: string;
  html: string;
}

/** Items that one message spells out; the list has the rest. */
export const ITEMS_MAX = 50;

/** One line: no control characters, so that nothing that an agent or a person wrote can add a header or a line. */
export const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();

/** "21 Nov 2026, 14:05 (Europe/Berlin)" */
export function deadlineWords(deadline: string, zone: string): string {
  const words = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone,
  }).format(new Date(deadline));
  return `${words} (${zone})`;
}

/** What is said of an item beside its subject, in order. */
export function factsOf({ params }: MessageItem, { zone, details }: MessageContext): [label: string, value: string][] {
  const facts: [string, string | undefined][] = [
    ["Agent", params.agent],
    ["Risk", params.risk],
    ["Decide until", params.deadline && deadlineWords(params.deadline, zone)],
    ["Details", details ? params.detail : undefined],
  ];
  return facts.flatMap(([label, value]) => (value ? [[label, oneLine(value)] as [string, string]] : []));
}

export const headline = (item: MessageItem): string => `${labelOf(item.kind)}: ${oneLine(item.subject)}`;

const urgently = (items: readonly MessageItem[]): string => (items.every((item) => item.urgent) ? "Urgent: " : "");

/** Several in a few words: "37 approvals wait for you", or how many notifications where they are of different kinds. */
export function togetherWords(items: readonly MessageItem[]): string {
  const kind = items[0]?.kind ?? TEST_KIND;
  if (kind === TEST_KIND || items.some((item) => item.kind !== kind)) return `${items.length} notifications from Remit`;
  return `${items.length} ${KIND_WORDS[kind].many}`;
}

/** The e-mail for one item, or for several as a digest: plain and HTML, readable in light and dark, without images or scripts. */
export function mailOf(items: readonly MessageItem[], context: MessageContext): MailText {
  const [only] = items;
  if (!only) throw new RangeError("mailOf: nothing to say");
  const told = items.slice(0, ITEMS_MAX);
  const left = items.length - told.length;
  const organisation = oneLine(context.organisation);
  const subject =
    items.length === 1
      ? `${only.urgent ? "Urgent: " : ""}${headline(only)}`
      : `${urgently(items)}${togetherWords(items)}`;
  const rest = left > 0 ? `And ${left} more in your list.` : null;
  const foot = `You get this because of your choices in Remit at ${organisation}. Change them: ${context.choicesUrl}`;
  const text = [
    ...told.map((item) =>
      [headline(item), ...factsOf(item, context).map(([label, value]) => `${label}: ${value}`), item.url].join("\n"),
    ),
    ...(rest === null ? [] : [rest]),
    `-- \n${foot}`,
  ].join("\n\n");
  return { subject: subject.slice(0, 250), text, html: htmlOf(told, rest, organisation, context) };
}

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  body { margin: 0; padding: 24px 12px; background: #f7f7f8; color: #17171a; font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
  .sheet { max-width: 560px; margin: 0 auto; }
  .item { background: #ffffff; border: 1px solid #e5e5e9; border-radius: 8px; padding: 16px 20px; margin: 0 0 12px; }
  .kind { margin: 0; font-size: 13px; color: #5b5b66; }
  .urgent { color: #b0212c; font-weight: 600; }
  h1 { margin: 2px 0 10px; font-size: 17px; line-height: 1.35; font-weight: 600; overflow-wrap: anywhere; }
  td { padding: 2px 16px 2px 0; vertical-align: top; font-size: 14px; overflow-wrap: anywhere; }
  td.label, .foot { color: #5b5b66; } td.label { white-space: nowrap; }
  .go { display: inline-block; margin-top: 12px; padding: 8px 14px; border-radius: 6px; background: #4f56c8; color: #ffffff; text-decoration: none; font-size: 14px; font-weight: 500; }
  .foot { font-size: 13px; } .foot a { color: #444ab8; }
  @media (prefers-color-scheme: dark) {
    body { background: #0c0c0e; color: #ededf0; }
    .item { background: #151518; border-color: #2a2a30; }
    .kind, td.label, .foot { color: #a2a2ad; }
    .urgent { color: #ff8a90; }
    .foot a { color: #a7abf5; }
  }`;

function htmlOf(
  items: readonly MessageItem[],
  rest: string | null,
  organisation: string,
  context: MessageContext,
): string {
  const blocks = items.map((item) => {
    const label = labelOf(item.kind);
    const facts = factsOf(item, context)
      .map(([name, value]) => `<tr><td class="label">${name}</td><td>${escapeHtml(value)}</td></tr>`)
      .join("");
    return `<div class="item"><p class="kind">${item.urgent ? '<span class="urgent">Urgent</span> · ' : ""}${label}</p>
<h1>${escapeHtml(oneLine(item.subject))}</h1><table role="presentation" cellpadding="0" cellspacing="0">${facts}</table>
<a class="go" href="${escapeHtml(item.url)}">Open in Remit</a></div>`;
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><style>${STYLE}</style></head>
<body><div class="sheet">${blocks.join("\n")}${rest === null ? "" : `<p class="foot">${rest}</p>`}
<p class="foot">You get this because of your choices in Remit at ${escapeHtml(organisation)}.
<a href="${escapeHtml(context.choicesUrl)}">Change them</a>.</p></div></body></html>`;
}
