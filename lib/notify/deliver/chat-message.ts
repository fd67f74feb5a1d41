import {
  factsOf,
  headline,
  ITEMS_MAX,
  oneLine,
  togetherWords,
  type MessageContext,
  type MessageItem,
} from "@/lib/notify/deliver/message";

/** What Slack gives a meaning in text; everything else stands for itself. Mentions and links need angle brackets. */
const escapeChat = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Blocks that Slack takes in one message: 50. */
const BLOCKS_MAX = Math.min(ITEMS_MAX, 45);

/** The body for a Slack-compatible incoming webhook: blocks, and the same as text for those that know no blocks. */
export function chatMessage(items: readonly MessageItem[], context: MessageContext): string {
  const lines = items.slice(0, BLOCKS_MAX).map((item) => {
    const facts = factsOf(item, context).map(([label, value]) => `${label}: ${escapeChat(value)}`);
    const title = escapeChat(oneLine(headline(item)));
    return `${item.urgent ? "*Urgent* · " : ""}<${escapeChat(item.url)}|${title.replaceAll("|", "¦")}>\n${facts.join(" · ")}`.trim();
  });
  const left = items.length - lines.length;
  if (left > 0) lines.push(`And ${left} more.`);
  if (items.length > 1) lines.unshift(`*${togetherWords(items)}*`);
  return JSON.stringify({
    text: lines.join("\n\n"),
    blocks: lines.map((text) => ({ type: "section", text: { type: "mrkdwn", text: text.slice(0, 2_900) } })),
  });
}
