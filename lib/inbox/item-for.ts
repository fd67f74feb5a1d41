import { mayAnswer } from "@/lib/appeals/may-answer";
import type { Access } from "@/lib/auth/access";
import { itemKey, type Item } from "@/lib/inbox/item";
import type { Asks, WaitingRow } from "@/lib/inbox/waiting-row";

/**
 * A person's line of something that waits; null when it does not wait any more, or is out of their sight (invariant I12).
 * The same rules as branches.ts, which finds the lines of a page in the store: item-for.test.ts holds the two against each other.
 */
export function itemFor(row: WaitingRow, access: Access, now: Date): Item | null {
  if (!row.open || (row.deadline !== null && row.deadline <= now) || !inSight(row, access)) return null;
  const { kind, id, risk, title, action, target, agent, onBehalfOf, amount, assignee, asks } = row;
  const until = asks.kind === "approval" && asks.snoozes.find((one) => one.personId === access.personId)?.until;
  return {
    key: itemKey(kind, id),
    kind,
    id,
    risk,
    title,
    action,
    target,
    agent: asks.kind === "action" ? null : agent,
    onBehalfOf,
    amount,
    assignee,
    deadline: row.deadline?.toISOString() ?? null,
    since: row.since.toISOString(),
    snoozedUntil: until ? new Date(until).toISOString() : null,
    votes: asks.kind === "approval" && asks.quorum > 1 ? { have: asks.voterIds.length, need: asks.quorum } : null,
    mine: isMine(row, asks, access),
  };
}

function inSight({ agent, asks }: WaitingRow, access: Access): boolean {
  switch (asks.kind) {
    case "approval":
    case "review":
    case "appeal":
      return agent !== null && access.can("approval.read", agent.id);
    case "conflict":
      return agent !== null && access.can("incident.read", agent.id);
    case "promotion":
      return agent !== null && access.can("chart.read", agent.id);
    case "action":
      return access.canAnywhere("catalogue.read") && asks.agentIds.some((id) => access.can("chart.read", id));
  }
}

/** Asked now, and may decide it (invariant I3); and nobody else has taken it on. */
function isMine({ agent, assignee }: WaitingRow, asks: Asks, access: Access): boolean {
  const me = access.personId;
  const agentId = agent?.id ?? "";
  switch (asks.kind) {
    case "approval": {
      const assigned = assignee?.id === me;
      const asked = asks.askedIds.includes(me) || (assigned && asks.approverIds.includes(me));
      const free = assignee === null || assigned || asks.quorum > 1;
      const may = !asks.excludedIds.includes(me) && access.can("approval.decide", agentId);
      return asked && free && may && !asks.voterIds.includes(me);
    }
    case "review": {
      const asked = asks.askedIds.length === 0 || asks.askedIds.includes(me);
      return asked && !asks.excludedIds.includes(me) && access.can("approval.decide", agentId);
    }
    case "appeal":
      return !asks.excludedIds.includes(me) && mayAnswer(access, asks.subject, agentId);
    case "conflict":
      return access.can("incident.write", agentId);
    case "promotion":
      return (
        !asks.moved &&
        asks.requestedById !== me &&
        !asks.ownerIds.includes(me) &&
        asks.parentId !== null &&
        access.can("promotion.decide", asks.parentId)
      );
    case "action":
      return access.canEverywhere("catalogue.write");
  }
}
