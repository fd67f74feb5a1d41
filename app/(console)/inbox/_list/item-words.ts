import { timeLeft } from "@/lib/approvals/time-left";
import type { Item } from "@/lib/inbox/item";
import { visibleText } from "@/lib/kernel/visible-text";
import { KINDS } from "./kinds";

/** An item in one sentence, as a screen reader says it: who wants to do what, to what, how risky, how much, how long left. */
export function itemWords(item: Item, now: number): string {
  const left = item.deadline === null ? null : timeLeft(Date.parse(item.deadline), now).text;
  return [
    item.kind === "approval" ? null : KINDS[item.kind].label,
    item.target === null ? item.title : `${item.title} ${visibleText(item.target)}`,
    `${item.risk} risk`,
    item.agent && `by ${item.agent.name}`,
    item.onBehalfOf === null ? null : `for ${visibleText(item.onBehalfOf)}`,
    item.amount === null ? null : visibleText(item.amount),
    left === null ? null : `${left} left`,
    item.votes && `${item.votes.have} of ${item.votes.need} have approved`,
    item.assignee && `assigned to ${item.assignee.name}`,
    item.snoozedUntil === null ? null : "snoozed",
  ]
    .filter(Boolean)
    .join(", ");
}
